using Espalier.Generator.Annotations;
using Espalier.Planning;

namespace Espalier.Generator.Manifests;

/// <summary>What a model's manifest is worth.</summary>
internal enum ArtifactState
{
    /// <summary>Manifest, annotations and blob agree.</summary>
    Fits,

    /// <summary>No manifest names the model.</summary>
    None,

    /// <summary>A file with the model's name is no manifest.</summary>
    Unreadable,

    /// <summary>The manifest is of a format that this generator does not know.</summary>
    UnknownFormat,

    /// <summary>The annotations changed after the artifact was saved.</summary>
    Differs,

    /// <summary>There is no blob beside the manifest.</summary>
    BlobMissing,

    /// <summary>The blob is not the one that the manifest was saved with.</summary>
    BlobDiffers,
}

/// <summary>Compares a model with its manifest: the generator and the analyzers go by the same verdict.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Path">The place at which annotations and manifest differ, or empty.</param>
/// <param name="Annotated">What the annotations say there.</param>
/// <param name="Recorded">What the manifest says there.</param>
/// <param name="Place">The position in the model of the layer that differs, or -1.</param>
internal sealed record ArtifactVerdict(ArtifactState State, string Path = "", string Annotated = "", string Recorded = "", int Place = -1)
{
    /// <summary>Whether the annotations are those that the artifact was trained with, so that what it shows of the weights holds.</summary>
    public bool AnnotationsFit => State is ArtifactState.Fits or ArtifactState.BlobMissing or ArtifactState.BlobDiffers;

    public static ArtifactVerdict Of(ModelAnnotation model, Manifest? manifest)
    {
        if (manifest is null)
        {
            return new ArtifactVerdict(ArtifactState.None);
        }

        if (manifest.Problem is not null)
        {
            return new ArtifactVerdict(ArtifactState.Unreadable);
        }

        if (manifest.Format != ManifestReader.Format)
        {
            return new ArtifactVerdict(ArtifactState.UnknownFormat);
        }

        return Difference(model, manifest)
            ?? new ArtifactVerdict(
                manifest.BlobHash is null ? ArtifactState.Fits
                : manifest.BlobHash.Length == 0 ? ArtifactState.BlobMissing
                : string.Equals(manifest.BlobHash, manifest.Sha256, System.StringComparison.OrdinalIgnoreCase) ? ArtifactState.Fits
                : ArtifactState.BlobDiffers);
    }

    private static ArtifactVerdict? Difference(ModelAnnotation model, Manifest manifest)
    {
        if (model.Layers.Count != manifest.Layers.Count)
        {
            return new ArtifactVerdict(ArtifactState.Differs, "Sequential", $"{model.Layers.Count} layers", $"{manifest.Layers.Count} layers");
        }

        for (var i = 0; i < model.Layers.Count; i++)
        {
            var (annotated, recorded) = (model.Layers[i], manifest.Layers[i]);
            if (annotated.Path != recorded.Path)
            {
                return new ArtifactVerdict(ArtifactState.Differs, "Sequential", annotated.Path, recorded.Path, i);
            }

            if (ChangedAttributes.Between(DefinitionText.Of(annotated.Definition, annotated.Sources), recorded.Definition) is { } difference)
            {
                return new ArtifactVerdict(ArtifactState.Differs, annotated.Path, difference.Annotated, difference.Recorded, i);
            }
        }

        return null;
    }
}
