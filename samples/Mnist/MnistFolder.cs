namespace Mnist;

/// <summary>Finds the folder with the four files, gzipped or not, under either of the names that are in use.</summary>
internal static class MnistFolder
{
    private const string TrainImages = "train-images";
    private const string Shared = "shared/data/mnist";

    /// <summary>The given folder, or the nearest shared/data/mnist upwards of the working directory or of the program.</summary>
    /// <exception cref="InvalidDataException">There is none; the message says how to get one.</exception>
    public static string Find(DirectoryInfo? given)
    {
        if (given is not null)
        {
            return FileOf(given.FullName, TrainImages, "idx3") is not null
                ? given.FullName
                : throw new InvalidDataException($"{given.FullName} holds no {TrainImages}-idx3-ubyte or {TrainImages}-idx3-ubyte.gz.");
        }

        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, Shared);
                if (FileOf(candidate, TrainImages, "idx3") is not null)
                {
                    return candidate;
                }
            }
        }

        throw new InvalidDataException(
            "MNIST was not found. Give its folder with --data FOLDER: it holds train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz, "
            + "and for the test error t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz (11 MB in all, from any mirror of the MNIST database).");
    }

    /// <summary>A file of the folder, or null.</summary>
    public static string? FileOf(string folder, string name, string kind) =>
        new[] { $"{name}-{kind}-ubyte.gz", $"{name}-{kind}-ubyte", $"{name}.{kind}-ubyte" }
            .Select(file => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
}
