namespace Mnist.Download;

/// <summary>The four files of the MNIST database, and where they are published.</summary>
internal static class MnistFiles
{
    /// <summary>Training images first: a download that ends early leaves what training needs.</summary>
    public static readonly IReadOnlyList<RemoteFile> All =
    [
        new("train-images-idx3-ubyte.gz", 47_040_016, "BA891046E6505D7AADCBBE25680A0738AD16AEC93BDE7F9B65E87A2FC25776DB"),
        new("train-labels-idx1-ubyte.gz", 60_008, "65A50CBBF4E906D70832878AD85CCDA5333A97F0F4C3DD2EF09A8A9EEF7101C5"),
        new("t10k-images-idx3-ubyte.gz", 7_840_016, "0FA7898D509279E482958E8CE81C8E77DB3F2F8254E26661CEB7762C4D494CE7"),
        new("t10k-labels-idx1-ubyte.gz", 10_008, "FF7BCFD416DE33731A308C3F266CC351222C34898ECBEAF847F06E48F7EC33F2"),
    ];

    /// <summary>Public mirrors in the order in which they are asked.</summary>
    public static readonly IReadOnlyList<Uri> Mirrors =
    [
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
    ];

    /// <summary>Where downloads are kept: a folder of the user, shared by all checkouts.</summary>
    public static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? local : Path.GetTempPath(), "espalier", "mnist");
}
