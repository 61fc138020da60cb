using System;
using Espalier.Generator.Annotations;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Pipeline;

/// <summary>Steps from manifest files to records, and from models to their manifests.</summary>
internal static class ManifestSteps
{
    public static IncrementalValueProvider<EquatableArray<Manifest>> ReadManifests(this IncrementalGeneratorInitializationContext context) =>
        context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(ManifestSearch.FileSuffix, StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, cancellation) => ManifestFile.Read(pair.Left, pair.Right, cancellation))
            .WithTrackingName(TrackingNames.Manifests)
            .Collect()
            .Select(static (manifests, _) => manifests.ToEquatableArray());

    /// <summary>Each model with its manifest only, so that a manifest that changes touches no other model.</summary>
    public static IncrementalValuesProvider<ModelWithManifest> WithManifests(
        this IncrementalValuesProvider<ModelAnnotation> models, IncrementalValueProvider<EquatableArray<Manifest>> manifests) =>
        models.Combine(manifests)
            .Select(static (pair, _) => new ModelWithManifest(pair.Left, ManifestSearch.For(pair.Left.Type, pair.Right)))
            .WithTrackingName(TrackingNames.ModelManifests);
}

/// <param name="Model">A model.</param>
/// <param name="Manifest">Its manifest, fitting or not, or null.</param>
internal sealed record ModelWithManifest(ModelAnnotation Model, Manifest? Manifest);
