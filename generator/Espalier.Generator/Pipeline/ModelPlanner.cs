using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Generator.Manifests;
using Espalier.Planning;

namespace Espalier.Generator.Pipeline;

/// <summary>Plans a model: attributes choose, a manifest that fits them refines.</summary>
internal static class ModelPlanner
{
    public static ModelTarget Plan(ModelAnnotation model, Manifest? manifest)
    {
        var verdict = ArtifactVerdict.Of(model, manifest);
        return new ModelTarget(
            model,
            PlanLayers(model, verdict.AnnotationsFit ? manifest : null),
            verdict.State == ArtifactState.Fits ? Artifact(model, manifest!) : null,
            MissingArtifact.Because(model, manifest, verdict));
    }

    private static EquatableArray<LayerPlan> PlanLayers(ModelAnnotation model, Manifest? manifest)
    {
        var forms = model.ToForms();
        return forms.Graph.Layers.Select((definition, i) =>
        {
            var recorded = manifest?.Layers[i];
            var facts = new LayerFacts(definition, forms[i], recorded?.Evidence);
            return recorded is null ? Planner.Plan(facts) : RecordedPlans.PlanOf(facts, recorded, manifest!.PlannerVersion);
        }).ToEquatableArray();
    }

    private static ArtifactTarget Artifact(ModelAnnotation model, Manifest manifest) => new(
        model.Type.FullName + ".espalier.bin",
        manifest.Sha256,
        manifest.Bytes,
        manifest.DenseBytes,
        manifest.ValidationAccuracy,
        manifest.Layers.Select(layer => new ArtifactLayerTarget(layer.Centroids, layer.Bytes, layer.Nonzeros)).ToEquatableArray());
}
