using System;
using System.IO;

namespace Espalier;

/// <summary>Saves and reads pairs of files: what goes wrong with them becomes an <see cref="ArtifactException"/> with the path and the remedy.</summary>
internal static class ArtifactFiles
{
    /// <param name="stem">Folder and name without endings.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="manifest">The text of its manifest.</param>
    /// <param name="before">Called before every step on the files; tests throw there.</param>
    /// <param name="patience">How long another save of the same artifact is waited for.</param>
    /// <exception cref="ArtifactException">The files cannot be written; the pair of before is still there.</exception>
    public static void Write(string stem, byte[] blob, string manifest, Action<string>? before = null, TimeSpan? patience = null)
    {
        var paths = new ArtifactPaths(stem);
        CheckPlaces(paths);
        try
        {
            using var own = ArtifactLock.Take(paths.Lock, patience ?? ArtifactLock.Patience);
            new ArtifactSave(paths, before).Run(blob, manifest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException($"{paths.Blob} and its manifest cannot be saved: {error.Message} Make {FolderOf(stem)} writable and see that its disk has room, or save elsewhere: artifact.Save(folder).", error);
        }
    }

    /// <exception cref="ArtifactException">There is no such file, it cannot be read, or it is not the one that its manifest names.</exception>
    public static byte[] ReadBlob(string path)
    {
        const string remedy = "Train the model and save it there, or give the path of a saved artifact.";
        try
        {
            if (!path.EndsWith(Artifact.BlobEnding, StringComparison.Ordinal))
            {
                return File.ReadAllBytes(path);
            }

            var paths = new ArtifactPaths(path[..^Artifact.BlobEnding.Length]);
            return (NamedBlob.Find(paths) ?? FindAlone(paths))?.Bytes
                ?? throw new ArtifactException(File.Exists(path)
                    ? $"{path} is not the blob that {paths.Manifest} names: their hashes differ. Restore the pair that was saved together, or train again and save."
                    : $"{path} does not exist. {remedy}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArtifactException($"{path} cannot be read: {error.Message} {remedy}", error);
        }
    }

    /// <summary>While a save runs, manifest and blob are read at two moments and need not belong together: look again when none runs.</summary>
    private static (string, byte[] Bytes)? FindAlone(ArtifactPaths paths)
    {
        if (!File.Exists(paths.Blob))
        {
            return null;
        }

        try
        {
            using var own = ArtifactLock.Take(paths.Lock, ArtifactLock.Patience);
            return NamedBlob.Find(paths);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Where no lock can be written, no artifact can be saved either.
            return NamedBlob.Find(paths);
        }
    }

    private static void CheckPlaces(ArtifactPaths paths)
    {
        var folder = FolderOf(paths.Stem);
        if (!Directory.Exists(folder))
        {
            throw new ArtifactException(File.Exists(folder)
                ? $"{folder} is a file, and {Path.GetFileName(paths.Blob)} belongs into a folder. Name its folder: artifact.Save(folder)."
                : $"{folder} does not exist, and {Path.GetFileName(paths.Blob)} belongs there. Create the folder, or name another: artifact.Save(folder).");
        }

        foreach (var path in new[] { paths.Blob, paths.Manifest })
        {
            if (Directory.Exists(path))
            {
                throw new ArtifactException($"{path} is a folder where a file belongs. Move or delete it, or save elsewhere: artifact.Save(folder).");
            }
        }
    }

    private static string FolderOf(string stem) => Path.GetDirectoryName(Path.GetFullPath(stem)) ?? stem;
}
