using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Espalier.Generator.Annotations;
using Espalier.Generator.Manifests;
using Espalier.Generator.Pipeline;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>What one prediction of each model costs, by the planner's prices.</summary>
/// <param name="Plans">The plans of every layer of every model.</param>
/// <param name="Models">How many models there are.</param>
internal sealed record ModelCycles(IReadOnlyList<LayerPlan> Plans, int Models)
{
    private const string Runtime = "Espalier";

    /// <param name="own">The project's models.</param>
    /// <param name="manifests">The project's manifests.</param>
    /// <param name="compilation">The project, whose references may have models too.</param>
    /// <param name="cancellation">Stops planning.</param>
    public static ModelCycles Of(IEnumerable<ModelAnnotation> own, EquatableArray<Manifest> manifests, Compilation compilation, CancellationToken cancellation)
    {
        var plans = new List<LayerPlan>();
        var models = 0;
        foreach (var model in own.Concat(Referenced(compilation, cancellation)))
        {
            cancellation.ThrowIfCancellationRequested();
            models++;
            plans.AddRange(ModelPlanner.Plan(model, ManifestSearch.For(model.Type, manifests)).Plans.Where(plan => plan.Kernels.Count > 0));
        }

        return new ModelCycles(plans, models);
    }

    public long On(Tier tier) => Plans.Sum(plan => (long)plan.For(tier).Cycles);

    /// <summary>Models of referenced assemblies that know the runtime. Their artifacts are out of sight, so attributes plan them.</summary>
    private static IEnumerable<ModelAnnotation> Referenced(Compilation compilation, CancellationToken cancellation) =>
        from assembly in compilation.SourceModule.ReferencedAssemblySymbols
        where assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == Runtime))
        from type in Types(assembly.GlobalNamespace)
        where type.GetAttributes().Any(attribute => attribute.Is(AttributeNames.Sequential))
        let model = AnnotationReader.ReadModel(type, cancellation)
        where model is not null
        select model;

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol holder) => holder.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
