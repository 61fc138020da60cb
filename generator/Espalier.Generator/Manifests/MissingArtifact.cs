using System.IO;
using Espalier.Generator.Annotations;

namespace Espalier.Generator.Manifests;

/// <summary>Says in one sentence why a model has no weights: the text of the exception that its parameterless constructor throws.</summary>
internal static class MissingArtifact
{
    public const string Remedy = "Train the model, call Artifact.From(trained).Save() and build again";

    public static string Because(ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict)
    {
        var file = manifest is null ? "" : Path.GetFileName(manifest.File);
        return verdict.State switch
        {
            ArtifactState.Fits => "",
            ArtifactState.None => $"No artifact was saved for {model.Type.FullName} yet.",
            ArtifactState.Unreadable => $"{file} cannot be read as a manifest: {manifest!.Problem}.",
            ArtifactState.UnknownFormat => $"{file} has format {manifest!.Format} and this build knows format {ManifestReader.Format}.",
            ArtifactState.Differs => $"{file} does not match the annotations of {verdict.Path}: it says {verdict.Recorded}, they say {verdict.Annotated}.",
            ArtifactState.BlobMissing => $"There is no blob beside {file}.",
            _ => $"The blob beside {file} is not the one that it was saved with.",
        };
    }
}
