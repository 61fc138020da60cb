using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace Espalier;

/// <summary>Keeps two saves of one artifact apart, in one process or in two: whoever holds the lock file open for himself alone saves.</summary>
internal sealed class ArtifactLock : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _path;
    private readonly FileStream _file;

    private ArtifactLock(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <exception cref="ArtifactException">Another save held the lock for so long.</exception>
    /// <exception cref="IOException">The lock file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The lock file cannot be created.</exception>
    public static ArtifactLock Take(string path, TimeSpan patience)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                var taken = new ArtifactLock(path, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None));
                if (taken.IsTheFileAtItsPath())
                {
                    return taken;
                }

                taken._file.Dispose();
            }
            catch (Exception error) when (IsHeld(error, path))
            {
                if (clock.Elapsed > patience)
                {
                    throw new ArtifactException($"{path} is held by another save of the same artifact, for more than {patience.TotalSeconds:0.#} seconds. Wait until that program has ended, and save again.", error);
                }
            }

            Thread.Sleep(Random.Shared.Next(1, 8));
        }
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Before the lock is let go: afterwards it could be another's. DeleteOnClose would also delete for those who lost (below).
            try
            {
                File.Delete(_path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A lock file that nobody holds open stops nobody; the next save deletes it.
            }
        }

        _file.Dispose();
    }

    /// <summary>
    /// Unix lets a file be deleted while others wait for it: they would then lock a file that nobody else can see. So whoever got
    /// the lock marks the file and looks for the mark by name. A time is the mark: a second stream could not open a locked file.
    /// </summary>
    private bool IsTheFileAtItsPath()
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        File.SetLastWriteTimeUtc(_file.SafeFileHandle, DateTime.UnixEpoch.AddSeconds(2L * Random.Shared.Next(1, 1 << 30)));

        // What is not there has the year 1601.
        return File.GetLastWriteTimeUtc(_path) == File.GetLastWriteTimeUtc(_file.SafeFileHandle);
    }

    // EWOULDBLOCK of Linux and macOS; on Windows a sharing violation, or no access to a file that is about to be deleted.
    private static bool IsHeld(Exception error, string path) => OperatingSystem.IsWindows()
        ? (error is IOException && (error.HResult & 0xFFFF) is 32 or 33) || (error is UnauthorizedAccessException && File.Exists(path))
        : error is IOException && error.HResult is 11 or 35;
}
