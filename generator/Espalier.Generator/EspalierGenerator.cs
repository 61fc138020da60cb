using System.Linq;
using Espalier.Generator.Pipeline;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator;

/// <summary>Expands annotated layer and model classes into specialised kernels.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class EspalierGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var manifests = context.ReadManifests();
        var layers = context.FindLayers().Select(layersOfKind => layersOfKind.PlanLayers()).ToArray();
        var models = context.FindModels().WithManifests(manifests).PlanModels();
        var kernels = layers.Select(layersOfKind => layersOfKind.UsedKernels()).Append(models.UsedKernels()).ToArray().DistinctKernels();

        var wideVnni = context.HasWideVnni();
        var files = layers.Select(layersOfKind => layersOfKind.EmitLayers())
            .Append(models.EmitModels())
            .Concat(kernels.Select(kernelsOfUsers => kernelsOfUsers.EmitKernels(wideVnni)));
        foreach (var file in files)
        {
            context.AddToCompilation(file);
        }
    }
}
