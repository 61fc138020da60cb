using Espalier.Tests.Harness;
using Mnist;

namespace Espalier.Samples.Tests.Data;

/// <summary>Which folder a command reads.</summary>
public sealed class FolderSearchTests : IDisposable
{
    private static readonly string[] s_training = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"];
    private static readonly string[] s_test = ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];

    private readonly TemporaryFolder _folder = new();
    private int _downloads;

    private string Cache => Path.Combine(_folder.Path, "cache");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheGivenFolderCountsFirst()
    {
        Fill(["shared", "data", "mnist"], s_training);
        var given = Fill(["given"], ["train-images.idx3-ubyte", "train-labels-idx1-ubyte"]);
        Assert.Equal(given, Find(given));
    }

    [Fact]
    public void AGivenFolderWithoutTrainingImagesIsSaid()
    {
        Fill(["cache"], [.. s_training, .. s_test]);
        var given = Fill(["given"], [s_training[0], .. s_test]);
        var error = Assert.Throws<InvalidDataException>(() => Find(given));
        Assert.StartsWith(given, error.Message);
        Assert.Contains("--data FOLDER", error.Message);
        Assert.Equal(0, _downloads);
    }

    [Fact]
    public void TheNearestSharedFolderUpwardsComesNext()
    {
        Fill(["cache"], [.. s_training, .. s_test]);
        Fill(["shared", "data", "mnist"], s_training);
        Assert.Equal(Path.Combine(_folder.Path, "shared/data/mnist"), Find(null));
        var nearer = Fill(["a", "shared", "data", "mnist"], s_training);
        Assert.Equal(nearer, Find(null));
        Assert.Equal(0, _downloads);
    }

    [Fact]
    public void AFullCacheIsTakenAsItIs()
    {
        Fill(["cache"], [.. s_training, .. s_test]);
        Assert.Equal(Cache, Find(null));
        Assert.Equal(0, _downloads);
    }

    [Fact]
    public void AnEmptyCacheIsFilled()
    {
        Assert.Equal(Cache, Find(null, () => Fill(["cache"], [.. s_training, .. s_test])));
        Assert.Equal(1, _downloads);
    }

    /// <summary>Nothing but the printed test error needs the test images.</summary>
    [Fact]
    public void WithoutTestImagesTrainingGoesOn()
    {
        Fill(["cache"], s_training);
        Assert.Equal(Cache, Find(null, () => throw new IOException("no network")));
        Assert.Equal(1, _downloads);
    }

    [Fact]
    public void WithoutAnythingTheErrorOfTheDownloadIsTheMessage() =>
        Assert.Equal("no network", Assert.Throws<IOException>(() => Find(null, () => throw new IOException("no network"))).Message);

    [Fact]
    public void CancellingEndsTheSearch()
    {
        Fill(["cache"], s_training);
        Assert.ThrowsAny<OperationCanceledException>(() => Find(null, () => throw new OperationCanceledException()));
    }

    private string Find(string? given, Action? download = null) => new FolderSearch([_folder.At("a", "b", "c")], Cache, (folder, _) =>
    {
        Assert.Equal(Cache, folder);
        _downloads++;
        download?.Invoke();
        return Task.CompletedTask;
    }).Find(given, TestContext.Current.CancellationToken);

    private string Fill(string[] folder, string[] files)
    {
        foreach (var file in files)
        {
            _folder.Write("", [.. folder, file]);
        }

        return Path.Combine([_folder.Path, .. folder]);
    }
}
