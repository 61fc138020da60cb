using System;
using System.IO;
using System.Text;

namespace Espalier;

/// <summary>
/// Writes the pair so that a crash at any step leaves a readable one: the old blob stays as <c>.previous</c> until the manifest,
/// whose hash says which blob is meant, has been replaced. That one rename turns old into new.
/// </summary>
/// <param name="paths">The files.</param>
/// <param name="before">Called with a few words before every step on the files; tests throw there.</param>
internal sealed class ArtifactSave(ArtifactPaths paths, Action<string>? before)
{
    /// <exception cref="IOException">A step failed; the pair of before is there again, and nothing else.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Run(byte[] blob, string manifest)
    {
        Recover();
        var isFirst = !File.Exists(paths.Blob);
        try
        {
            Flush(paths.NewBlob, blob);
            Flush(paths.NewManifest, Encoding.UTF8.GetBytes(manifest));
            if (!isFirst)
            {
                // A copy that is cut hurts nobody: the manifest names the blob that it was made from.
                Flush(paths.Previous, File.ReadAllBytes(paths.Blob));
            }

            Move(paths.NewBlob, paths.Blob);
            Move(paths.NewManifest, paths.Manifest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Withdraw(isFirst);
            throw;
        }

        // The save has succeeded: a blob that nothing names any more is not worth a failure, and the next save removes it.
        DeleteQuietly(paths.Previous);
    }

    /// <summary>After a save that was cut between its renames: the blob that the manifest names gets its name back.</summary>
    private void Recover()
    {
        if (NamedBlob.Find(paths) is { } named && named.Path != paths.Blob)
        {
            Move(named.Path, paths.Blob);
        }
    }

    private void Withdraw(bool isFirst)
    {
        try
        {
            Recover();
            if (isFirst && !File.Exists(paths.Manifest))
            {
                File.Delete(paths.Blob);
            }

            if (isFirst || NamedBlob.Find(paths)?.Path == paths.Blob)
            {
                File.Delete(paths.Previous);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to tell of; the pair is as readable as after a crash.
        }

        DeleteQuietly(paths.NewBlob);
        DeleteQuietly(paths.NewManifest);
    }

    private void Move(string from, string to)
    {
        before?.Invoke($"rename to {Path.GetFileName(to)}");
        File.Move(from, to, overwrite: true);
    }

    private void Flush(string path, byte[] bytes)
    {
        before?.Invoke($"create {Path.GetFileName(path)}");

        // Shared, as readers open it: on Unix too, .NET keeps those out who share less.
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1);
        before?.Invoke($"write half of {Path.GetFileName(path)}");
        file.Write(bytes.AsSpan(0, bytes.Length / 2));
        file.Flush();
        before?.Invoke($"write the rest of {Path.GetFileName(path)}");
        file.Write(bytes.AsSpan(bytes.Length / 2));
        file.Flush(flushToDisk: true);
    }

    private void DeleteQuietly(string path)
    {
        try
        {
            before?.Invoke($"delete {Path.GetFileName(path)}");
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What stays is overwritten or deleted by the next save.
        }
    }
}
