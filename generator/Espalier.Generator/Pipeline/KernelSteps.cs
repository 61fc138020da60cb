using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Espalier.Generator.Emit;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Pipeline;

/// <summary>Steps from all plans of a compilation to the distinct kernels among them.</summary>
internal static class KernelSteps
{
    public static IncrementalValuesProvider<KernelUser> UsedKernels(this IncrementalValuesProvider<LayerTarget> layers) =>
        layers.Select(static (layer, _) => KernelUser.Of(layer.Annotation.Type, [layer.Plan])).WithTrackingName(TrackingNames.KernelUsers);

    public static IncrementalValuesProvider<KernelUser> UsedKernels(this IncrementalValuesProvider<ModelTarget> models) =>
        models.Select(static (model, _) => KernelUser.Of(model.Annotation.Type, model.Plans)).WithTrackingName(TrackingNames.KernelUsers);

    /// <summary>
    /// Every distinct kernel once, listed with its first user. One flat list would be compared by position, so that a kernel more
    /// near its top would emit all that follow again; listed by user, a change stays where it is.
    /// </summary>
    public static IEnumerable<IncrementalValuesProvider<LayerPlan>> DistinctKernels(this IReadOnlyList<IncrementalValuesProvider<KernelUser>> users)
    {
        var all = users.Skip(1).Aggregate(
            users[0].Collect().Select(static (list, _) => list.ToEquatableArray()),
            static (sum, next) => sum.Combine(next.Collect()).Select(static (pair, _) => pair.Left.Concat(pair.Right).ToEquatableArray()));
        var owners = all.Select(static (list, _) => KernelUser.WithoutRepeats(list)).WithTrackingName(TrackingNames.KernelOwners);
        return users.Select(list => list
            .Combine(owners)
            .SelectMany(static (pair, _) => pair.Right.First(owner => owner.Name == pair.Left.Name).Kernels.ToImmutableArray())
            .WithTrackingName(TrackingNames.Kernels));
    }
}
