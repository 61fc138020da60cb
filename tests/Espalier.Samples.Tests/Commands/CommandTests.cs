using System.CommandLine;
using System.Text.Json;
using Espalier.Samples.Tests.Harness;
using Espalier.Tests.Harness;
using Mnist;
using Mnist.Analysis;

namespace Espalier.Samples.Tests.Commands;

/// <summary>Commands from their arguments to their files, on images that a stranger might have: the training files alone.</summary>
public sealed class CommandTests : IDisposable
{
    private const int Images = 400;

    private readonly TemporaryFolder _folder = new();

    public CommandTests()
    {
        // A bright band at a height that the label gives.
        var (pixels, labels) = (new byte[Images * 784], new byte[Images]);
        var random = new Random(1);
        for (var i = 0; i < Images; i++)
        {
            labels[i] = (byte)random.Next(10);
            pixels.AsSpan((i * 784) + (labels[i] * 2 * 28), 2 * 28).Fill((byte)random.Next(100, 256));
        }

        File.WriteAllBytes(_folder.At("data", "train-images-idx3-ubyte"), Idx.Of([Images, 28, 28], pixels));
        File.WriteAllBytes(_folder.At("data", "train-labels-idx1-ubyte"), Idx.Of([Images], labels));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainNeedsNoTestImages()
    {
        Assert.Equal(0, await RunAsync("train", "--epochs", "2", "--plot", _folder.At("out", "loss.svg"), "--json", _folder.At("out", "train.json")));
        Assert.Contains("mean training loss", await File.ReadAllTextAsync(_folder.At("out", "loss.svg"), TestContext.Current.CancellationToken));
        var cases = Cases("train.json");
        Assert.Contains("LeNet-300-100/held-out", cases);
        Assert.DoesNotContain("LeNet-300-100/test", cases);
    }

    [Fact]
    public async Task AnalyseTrainsOnceAndWritesPlotsAndRows()
    {
        string[] analyse = ["analyse", "--epochs", "2", "--retrain-epochs", "1", "--retrain", "0.5", "--reference", Folder("reference"), "--plot", Folder("plots"), "--json", _folder.At("out", "a.json")];
        Assert.Equal(0, await RunAsync(analyse));
        Assert.Equal(
            ["compression.svg", "error.svg", "loss.svg", "sensitivity-codebook.svg", "sensitivity-grid.svg", "sensitivity-sparsity.svg"],
            Directory.GetFiles(Folder("plots")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var cases = Cases("a.json");
        Assert.All(
            new[] { "LeNet-300-100/sensitivity/0/DenseHidden300/Sparsity/0.9", "LeNet-300-100/sweep/PrunedAndShared/0.9/5", "LeNet-300-100/retrained/0.5", "LeNet-300-100/dense/b1" },
            name => Assert.Contains(name, cases));

        // The dense network is that of the folder now, so there is no loss to plot.
        Directory.Delete(Folder("plots"), recursive: true);
        Assert.Equal(0, await RunAsync(analyse));
        Assert.False(File.Exists(Path.Combine(Folder("plots"), "loss.svg")));
        Assert.True(File.Exists(Path.Combine(Folder("plots"), "compression.svg")));
    }

    [Theory]
    [InlineData("--retrain has 1;", "--retrain", "1")]
    [InlineData("--held-out is 0;", "--held-out", "0")]
    [InlineData("--held-out is 400;", "--held-out", "400")]
    public async Task SlipsAreSaidBeforeAnythingIsTrained(string said, params string[] arguments) => Assert.StartsWith(
        said, (await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(["analyse", "--reference", Folder("none"), .. arguments]))).Message);

    [Fact]
    public async Task TestErrorsNeedTestImages() => Assert.StartsWith(
        "--test asks for the test images", (await Assert.ThrowsAsync<FileNotFoundException>(() => RunAsync("compress", "--test", "--dry"))).Message);

    /// <summary>A folder that is not there is made before the training: it was found missing after it, and the artifact was lost.</summary>
    [Fact]
    public async Task CompressSavesIntoANewFolder()
    {
        Assert.Equal(0, await RunAsync("compress", "--effort", "0.05", "--out", Folder("new/folder")));
        Assert.Equal(
            ["SmallLeNet300.espalier.bin", "SmallLeNet300.espalier.json"],
            Directory.GetFiles(Folder("new/folder")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        var shared = new SharedOptions();
        var root = new RootCommand { shared.Json, shared.Data, shared.Seed, shared.HeldOut };
        root.Subcommands.Add(TrainCommand.Describe(shared));
        root.Subcommands.Add(AnalyseCommand.Describe(shared));
        root.Subcommands.Add(CompressCommand.Describe(shared));
        string[] heldOut = arguments.Contains("--held-out") ? [] : ["--held-out", "100"];
        return root.Parse([.. arguments, "--data", Folder("data"), .. heldOut])
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
    }

    private string Folder(string name) => Path.Combine(_folder.Path, name);

    private string[] Cases(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(_folder.At("out", file)));
        return [.. json.RootElement.EnumerateArray().Select(row => row.GetProperty("case").GetString()!)];
    }
}
