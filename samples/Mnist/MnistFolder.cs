using Mnist.Download;

namespace Mnist;

/// <summary>Names of the files in a folder, and the folder that a command reads.</summary>
internal static class MnistFolder
{
    public const string Remedy =
        "Get train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz, and for the test error t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz, "
        + "from any mirror of the MNIST database (12 MB in all), put them into a folder and give it with --data FOLDER.";

    /// <summary>The given folder; else the nearest shared/data/mnist upwards of the working directory or of the program; else the user's cache, which is filled from a public mirror.</summary>
    /// <exception cref="InvalidDataException">The given folder holds no training images; the message says how to get them.</exception>
    /// <exception cref="IOException">There was no folder, and no mirror gave the files.</exception>
    public static string Find(DirectoryInfo? given, CancellationToken cancellation = default) =>
        new FolderSearch([Directory.GetCurrentDirectory(), AppContext.BaseDirectory], MnistFiles.CacheFolder, DownloadBar.ShowAsync).Find(given?.FullName, cancellation);

    /// <summary>Whether the folder holds what training needs.</summary>
    public static bool CanTrain(string folder) => FileOf(folder, "train-images", "idx3") is not null && FileOf(folder, "train-labels", "idx1") is not null;

    /// <summary>Whether it holds the test images too.</summary>
    public static bool CanTest(string folder) => FileOf(folder, "t10k-images", "idx3") is not null && FileOf(folder, "t10k-labels", "idx1") is not null;

    /// <summary>A file of the folder, under any of the names that are in use, or null.</summary>
    public static string? FileOf(string folder, string name, string kind) =>
        new[] { $"{name}-{kind}-ubyte.gz", $"{name}-{kind}-ubyte", $"{name}.{kind}-ubyte" }
            .Select(file => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
}
