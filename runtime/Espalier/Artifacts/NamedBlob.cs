using System;
using System.IO;

namespace Espalier;

/// <summary>The blob that a manifest names by its hash: the previous one when a save was cut between its two renames.</summary>
internal static class NamedBlob
{
    /// <summary>Path and bytes of the blob that is meant; the only one there is when no manifest says more; otherwise null.</summary>
    public static (string Path, byte[] Bytes)? Find(ArtifactPaths paths)
    {
        var manifest = ReadOrNull(paths.Manifest) is { } text ? System.Text.Encoding.UTF8.GetString(text) : null;
        foreach (var path in new[] { paths.Blob, paths.Previous })
        {
            if (ReadOrNull(path) is { } bytes && (manifest is null || Names(manifest, bytes)))
            {
                return (path, bytes);
            }
        }

        return null;
    }

    /// <summary>Also while a save replaces or deletes the file.</summary>
    public static byte[]? ReadOrNull(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            if (file.Length > Array.MaxLength)
            {
                throw new IOException($"It has {file.Length} bytes, and no artifact has so many.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool Names(string manifest, byte[] blob) => manifest.Contains(Convert.ToHexString(Sha256.HashData(blob)), StringComparison.OrdinalIgnoreCase);
}
