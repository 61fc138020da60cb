using Espalier.Samples.Tests.Harness;
using Espalier.Tests.Harness;
using Mnist.Download;

namespace Espalier.Samples.Tests.Download;

/// <summary>Downloads from a server on this machine: whatever it does, the folder holds whole files with the right contents and nothing else.</summary>
public sealed class MirrorDownloadTests : IDisposable
{
    private static readonly Packed s_images = Packed.Noise("images.gz", 300_000, 1);
    private static readonly Packed s_labels = Packed.Noise("labels.gz", 1_000, 2);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FilesComeWholeAndProgressReachesTheirLengths()
    {
        await using var mirror = new LoopbackMirror().With(s_images.Name, s_images.File).With(s_labels.Name, s_labels.File);
        var seen = new Seen();
        await RunAsync(seen, mirror.Address);

        Assert.Equal([s_images.Name, s_labels.Name], _folder.Files);
        Assert.Equal(s_images.File, await File.ReadAllBytesAsync(_folder.At(s_images.Name), Cancellation));
        Assert.Equal(s_labels.File, await File.ReadAllBytesAsync(_folder.At(s_labels.Name), Cancellation));
        var ofImages = seen.All.Where(progress => progress.File.Name == s_images.Name).ToArray();
        Assert.True(ofImages.Length > 1);
        Assert.Equal(ofImages.Select(progress => progress.Received).Order(), ofImages.Select(progress => progress.Received));
        Assert.Equal((s_images.File.Length, (long?)s_images.File.Length), (ofImages[^1].Received, ofImages[^1].Total));
    }

    /// <summary>A mirror may pack anew: what counts is what is inside.</summary>
    [Fact]
    public async Task AnotherPackingOfTheSameContentsIsTaken()
    {
        var packing = s_labels.File.ToArray();
        packing[9] ^= 1; // The operating system that it was packed on.
        await using var mirror = new LoopbackMirror().With(s_images.Name, s_images.File, promised: 0).With(s_labels.Name, packing);
        await RunAsync(null, mirror.Address);
        Assert.Equal(packing, await File.ReadAllBytesAsync(_folder.At(s_labels.Name), Cancellation));
    }

    [Fact]
    public async Task TheNextMirrorGivesWhatTheFirstHasNot()
    {
        await using var first = new LoopbackMirror().With(s_labels.Name, s_labels.File);
        await using var second = new LoopbackMirror().With(s_images.Name, s_images.File);
        await RunAsync(null, first.Address, second.Address);
        Assert.Equal([s_images.Name, s_labels.Name], _folder.Files);
        Assert.Equal([s_images.Name, s_labels.Name], first.Asked);
        Assert.Equal([s_images.Name], second.Asked);
    }

    [Fact]
    public async Task NotFoundIsSaidWithAddressAndRemedy()
    {
        await using var mirror = new LoopbackMirror();
        var error = await Assert.ThrowsAsync<IOException>(() => RunAsync(null, mirror.Address));
        Assert.Contains($"{s_images.Name} could not be downloaded", error.Message);
        Assert.Contains($"{mirror.Address}{s_images.Name}: ", error.Message);
        Assert.Contains("404", error.Message);
        Assert.Contains("--data FOLDER", error.Message);
        Assert.Contains(_folder.Path, error.Message);
        Assert.Empty(_folder.Files);
    }

    public static TheoryData<string, string> WrongBodies => new()
    {
        { "other contents", "its contents have the SHA-256 hash" },
        { "shorter", "unpacks to 299,999 bytes instead of 300,000 bytes" },
        { "longer", "unpacks to more than 300,000 bytes" },
        { "no gzip", "it is no gzip file" },
        { "endless", "bytes came and no end" },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public async Task WrongContentsAreTurnedAway(string body, string said)
    {
        var bytes = body switch
        {
            "other contents" => Packed.Noise(s_images.Name, 300_000, 3).File,
            "shorter" => Packed.Gzip(s_images.Contents[..^1]),
            "longer" => Packed.Gzip([.. s_images.Contents, 0]),
            "no gzip" => new byte[1000],
            _ => new byte[2_000_000],
        };
        await using var wrong = new LoopbackMirror().With(s_images.Name, bytes);
        var error = await Assert.ThrowsAsync<IOException>(() => RunAsync(null, wrong.Address));
        Assert.Contains(said, error.Message);
        Assert.Empty(_folder.Files);

        await using var right = new LoopbackMirror().With(s_images.Name, s_images.File).With(s_labels.Name, s_labels.File);
        await RunAsync(null, wrong.Address, right.Address);
        Assert.Equal(s_images.File, await File.ReadAllBytesAsync(_folder.At(s_images.Name), Cancellation));
    }

    /// <summary>With and without a length in the headers: without one a cut looks like an end.</summary>
    [Theory]
    [InlineData(1_000)]
    [InlineData(0)]
    public async Task ACutConnectionLeavesNothingAndTheNextRunGoesOn(int promised)
    {
        await using var cut = new LoopbackMirror().With(s_images.Name, s_images.File).With(s_labels.Name, s_labels.File[..500], promised);
        await Assert.ThrowsAsync<IOException>(() => RunAsync(null, cut.Address));
        Assert.Equal([s_images.Name], _folder.Files);

        await using var whole = new LoopbackMirror().With(s_images.Name, s_images.File).With(s_labels.Name, s_labels.File);
        await RunAsync(null, whole.Address);
        Assert.Equal([s_labels.Name], whole.Asked);
        Assert.Equal([s_images.Name, s_labels.Name], _folder.Files);
    }

    [Fact]
    public async Task ADamagedFileOfTheFolderIsReplaced()
    {
        await File.WriteAllBytesAsync(_folder.At(s_images.Name), s_images.File[..1000], Cancellation);
        await using var mirror = new LoopbackMirror().With(s_images.Name, s_images.File).With(s_labels.Name, s_labels.File);
        await RunAsync(null, mirror.Address);
        Assert.Equal(s_images.File, await File.ReadAllBytesAsync(_folder.At(s_images.Name), Cancellation));
    }

    [Fact]
    public async Task CancellingInTheMiddleLeavesNothing()
    {
        await using var mirror = new LoopbackMirror().With(s_images.Name, s_images.File[..100_000], s_images.File.Length, stalls: true);
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(new Seen(_ => cancel.Cancel()), cancel.Token, mirror.Address, mirror.Address));
        Assert.Empty(_folder.Files);
        Assert.Single(mirror.Asked);
    }

    [Fact]
    public async Task AMirrorThatStallsIsGivenUp()
    {
        await using var stalling = new LoopbackMirror().With(s_images.Name, s_images.File[..100_000], s_images.File.Length, stalls: true);
        await using var working = new LoopbackMirror().With(s_images.Name, s_images.File).With(s_labels.Name, s_labels.File);
        using var impatient = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await new MirrorDownload(impatient, [stalling.Address, working.Address]).RunAsync([s_images.Remote], _folder.Path, Cancellation);
        Assert.Equal([s_images.Name], working.Asked);
        Assert.Equal(s_images.File, await File.ReadAllBytesAsync(_folder.At(s_images.Name), Cancellation));
    }

    [Fact]
    public async Task WithoutANetworkTheMessageSaysWhatToDo()
    {
        var mirror = new LoopbackMirror();
        var closed = mirror.Address;
        await mirror.DisposeAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => RunAsync(null, closed, closed));
        Assert.Equal(2, error.Message.Split(closed.ToString()).Length - 1);
        Assert.Contains("from any mirror of the MNIST database", error.Message);
    }

    [Fact]
    public async Task LeftoversOfLongAgoGo()
    {
        File.SetLastWriteTimeUtc(_folder.Write("x", "images.gz.0.part"), DateTime.UtcNow.AddDays(-1));
        _folder.Write("x", "images.gz.1.part");
        await using var mirror = new LoopbackMirror().With(s_images.Name, s_images.File).With(s_labels.Name, s_labels.File);
        await RunAsync(null, mirror.Address);
        Assert.Equal([s_images.Name, "images.gz.1.part", s_labels.Name], _folder.Files);
    }

    private Task RunAsync(IProgress<DownloadProgress>? progress, params Uri[] mirrors) => RunAsync(progress, Cancellation, mirrors);

    private Task RunAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellation, params Uri[] mirrors) =>
        new MirrorDownload(_client, mirrors) { Progress = progress }.RunAsync([s_images.Remote, s_labels.Remote], _folder.Path, cancellation);

    private sealed class Seen(Action<DownloadProgress>? then = null) : IProgress<DownloadProgress>
    {
        private readonly List<DownloadProgress> _all = [];

        public IReadOnlyList<DownloadProgress> All => _all;

        public void Report(DownloadProgress value)
        {
            _all.Add(value);
            then?.Invoke(value);
        }
    }
}
