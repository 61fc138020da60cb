using System.Collections.Generic;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Planning;

namespace Espalier.Generator.Pipeline;

/// <param name="Name">The class of a layer or model.</param>
/// <param name="Kernels">The keys of the kernels that it calls, each once.</param>
internal sealed record KernelUser(string Name, EquatableArray<LayerPlan> Kernels)
{
    /// <summary>Layers without weights have no kernels.</summary>
    public static KernelUser Of(TypeIdentity type, IEnumerable<LayerPlan> plans) =>
        new(type.FullName, plans.Where(plan => plan.Kernels.Count > 0).Select(KernelEmitter.Key).Distinct().ToEquatableArray());

    /// <summary>The same users, each with those kernels only that no earlier one has.</summary>
    public static EquatableArray<KernelUser> WithoutRepeats(EquatableArray<KernelUser> users)
    {
        var seen = new HashSet<LayerPlan>();
        return users.Select(user => new KernelUser(user.Name, user.Kernels.Where(seen.Add).ToEquatableArray())).ToEquatableArray();
    }
}
