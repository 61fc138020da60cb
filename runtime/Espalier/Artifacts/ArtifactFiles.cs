using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Espalier;

/// <summary>
/// Writes the pair so that a crash at any step leaves a readable one: the old blob stays as <c>.previous</c> until the manifest,
/// whose hash says which blob is meant, has been replaced.
/// </summary>
internal static class ArtifactFiles
{
    private const string Previous = ".previous";

    public static void Write(string stem, byte[] blob, string manifest)
    {
        var (blobPath, manifestPath) = (stem + Artifact.BlobEnding, stem + Artifact.ManifestEnding);
        Recover(blobPath);
        var (newBlob, newManifest) = (blobPath + ".tmp", manifestPath + ".tmp");
        Flush(newBlob, blob);
        Flush(newManifest, Encoding.UTF8.GetBytes(manifest));
        if (File.Exists(blobPath))
        {
            File.Copy(blobPath, blobPath + Previous, overwrite: true);
        }

        File.Move(newBlob, blobPath, overwrite: true);
        File.Move(newManifest, manifestPath, overwrite: true);
        File.Delete(blobPath + Previous);
    }

    /// <exception cref="ArtifactException">There is no such file, or it cannot be read.</exception>
    public static byte[] ReadBlob(string blobPath)
    {
        try
        {
            var previous = Intended(blobPath);
            return File.ReadAllBytes(previous);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException($"{blobPath} cannot be read: {error.Message} Train the model and save it there, or give the path of a saved artifact.", error);
        }
    }

    private static void Recover(string blobPath)
    {
        var intended = Intended(blobPath);
        if (intended != blobPath)
        {
            File.Move(intended, blobPath, overwrite: true);
        }
    }

    /// <summary>The blob that the manifest names: the previous one when a save was cut between its two renames.</summary>
    private static string Intended(string blobPath)
    {
        var previous = blobPath + Previous;
        var manifest = blobPath[..^Artifact.BlobEnding.Length] + Artifact.ManifestEnding;
        if (!blobPath.EndsWith(Artifact.BlobEnding, StringComparison.Ordinal) || !File.Exists(previous) || !File.Exists(manifest))
        {
            return blobPath;
        }

        var text = File.ReadAllText(manifest);
        return !Names(text, blobPath) && Names(text, previous) ? previous : blobPath;
    }

    private static bool Names(string manifest, string blobPath) =>
        File.Exists(blobPath) && manifest.Contains(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(blobPath))), StringComparison.Ordinal);

    private static void Flush(string path, byte[] bytes)
    {
        using var file = File.Create(path);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
