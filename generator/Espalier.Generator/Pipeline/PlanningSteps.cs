using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Pipeline;

/// <summary>Steps from records to what the emitters take.</summary>
internal static class PlanningSteps
{
    /// <summary>A layer by itself gives floats and has no weights yet.</summary>
    public static IncrementalValuesProvider<LayerTarget> PlanLayers(this IncrementalValuesProvider<LayerAnnotation> layers) =>
        layers
            .Select(static (layer, _) => new LayerTarget(layer, Planner.Plan(new LayerFacts(layer.Definition, EdgeForm.Floats, null))))
            .WithTrackingName(TrackingNames.LayerTargets);

    public static IncrementalValuesProvider<ModelTarget> PlanModels(this IncrementalValuesProvider<ModelWithManifest> models) =>
        models
            .Select(static (pair, _) => ModelPlanner.Plan(pair.Model, pair.Manifest))
            .WithTrackingName(TrackingNames.ModelTargets);
}
