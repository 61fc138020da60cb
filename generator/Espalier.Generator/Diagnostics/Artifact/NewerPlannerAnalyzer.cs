using System.Globalization;
using System.IO;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0712: an artifact has the best kernels that this planner knows. Plans anew only where another planner recorded them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NewerPlannerAnalyzer() : ArtifactAnalyzer(ArtifactRules.NewerPlanner)
{
    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project)
    {
        if (!verdict.AnnotationsFit || manifest!.PlannerVersion >= Planner.Version)
        {
            return null;
        }

        if (!Pipeline.DenseChains.Contains(model))
        {
            return null;
        }

        var chain = model.Layers.Select(layer => layer.Definition).ToArray();
        var gains = chain
            .Select((definition, i) => (Place: i, Better: PlanComparison.BestGain(
                new LayerFacts(definition, LayerEdges.OutputOf(chain, i), manifest.Layers[i].Evidence), manifest.Layers[i].Kernels)))
            .Where(layer => layer.Better is not null)
            .OrderByDescending(layer => layer.Better!.Gain)
            .ToArray();
        if (gains.Length == 0)
        {
            return null;
        }

        var (place, better) = (gains[0].Place, gains[0].Better!);
        return Fault.InArgument(
            annotated.Sequentials[0],
            place,
            "",
            Path.GetFileName(manifest.File),
            manifest.PlannerVersion,
            Planner.Version,
            $"{model.Layers[place].Path} on {better.Chosen.Tier}",
            Kernel(better.Chosen),
            better.Chosen.Cycles,
            Kernel(better.Recorded),
            better.RecordedCycles,
            better.Gain.ToString("0.0#", CultureInfo.InvariantCulture),
            gains.Length == 1 ? "no other layer gains" : $"{gains.Length - 1} other layers gain less");
    }

    private static string Kernel(KernelPlan plan) =>
        $"{plan.Layout} ({plan.Rows} x {plan.Slots}{(plan.Window == 0 ? "" : $", a window of {plan.Window}")})";
}
