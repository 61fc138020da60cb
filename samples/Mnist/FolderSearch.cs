namespace Mnist;

/// <summary>Where a folder with the files is looked for, in order.</summary>
/// <param name="starts">Folders from which shared/data/mnist is looked for upwards.</param>
/// <param name="cache">The user's own folder.</param>
/// <param name="download">Fills the cache.</param>
internal sealed class FolderSearch(IReadOnlyList<string> starts, string cache, Func<string, CancellationToken, Task> download)
{
    private const string Shared = "shared/data/mnist";

    /// <inheritdoc cref="MnistFolder.Find"/>
    public string Find(string? given, CancellationToken cancellation)
    {
        if (given is not null)
        {
            return MnistFolder.CanTrain(given)
                ? given
                : throw new InvalidDataException($"{given} holds no MNIST training images and labels. {MnistFolder.Remedy}");
        }

        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (Path.Combine(folder.FullName, Shared) is var candidate && MnistFolder.CanTrain(candidate))
                {
                    return candidate;
                }
            }
        }

        if (!MnistFolder.CanTrain(cache) || !MnistFolder.CanTest(cache))
        {
            Fill(cancellation);
        }

        return cache;
    }

    private void Fill(CancellationToken cancellation)
    {
        try
        {
            // The commands are synchronous, and a console program has no context to wait for.
            Task.Run(() => download(cache, cancellation), cancellation).GetAwaiter().GetResult();
        }
        catch (IOException error) when (MnistFolder.CanTrain(cache))
        {
            Console.Error.WriteLine($"Going on without the test images. {error.Message}");
        }
    }
}
