using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Generator.Pipeline;
using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>Writes the manifest that saving a program's model would write.</summary>
internal static class ManifestText
{
    public const string Sha256 = "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";

    public static string For(string source, int format = 1, int? planner = null, string accuracy = "0.975", string? evidence = null)
    {
        var model = Assert.Single(new GeneratorHarness(TestCompilation.Of(source)).Values<ModelTarget>(TrackingNames.ModelTargets));
        var layers = model.Annotation.Layers.Select((layer, i) => $$"""
            {
              "path": "{{layer.Path}}",
              "definition": "{{DefinitionText.Of(layer.Definition)}}",
              "bytes": 1000,
              "nonzeros": 900,
              "evidence": "{{evidence ?? "density=0.08 denseDepth=1 schedules="}}",
              "centroids": [-127, 0, 127],
              "kernels": [{{string.Join(", ", Kernels(model.Annotation, i, evidence).Select(kernel => $"\"{PlanText.Of(kernel)}\""))}}]
            }
            """);
        return $$"""
            {
              "format": {{format}},
              "planner": {{planner ?? Planner.Version}},
              "model": "{{model.Annotation.Type.FullName}}",
              "blob": "{{model.Annotation.Type.Name}}.espalier.bin",
              "bytes": 23456,
              "denseBytes": 1066440,
              "sha256": "{{Sha256}}",
              "validationAccuracy": {{accuracy}},
              "layers": [{{string.Join(", ", layers)}}]
            }
            """;
    }

    private static EquatableArray<KernelPlan> Kernels(ModelAnnotation model, int index, string? evidence)
    {
        var chain = model.Layers.Select(layer => layer.Definition).ToArray();
        var seen = PlanText.ParseEvidence(evidence ?? "density=0.08 denseDepth=1 schedules=");
        var kernels = Planner.Plan(new LayerFacts(chain[index], LayerEdges.OutputOf(chain, index), seen)).Kernels;
        return kernels.Select(kernel => kernel with { Why = "as recorded" }).ToEquatableArray();
    }
}
