namespace Espalier;

/// <summary>The files that belong to one artifact; only the first two stay after a save.</summary>
/// <param name="Stem">Folder and name without endings.</param>
internal readonly record struct ArtifactPaths(string Stem)
{
    public string Blob => Stem + Artifact.BlobEnding;

    public string Manifest => Stem + Artifact.ManifestEnding;

    public string NewBlob => Blob + ".tmp";

    public string NewManifest => Manifest + ".tmp";

    /// <summary>The blob of before, while a save lies between its two renames. The build's targets know this name too.</summary>
    public string Previous => Blob + ".previous";

    public string Lock => Stem + ".espalier.lock";
}
