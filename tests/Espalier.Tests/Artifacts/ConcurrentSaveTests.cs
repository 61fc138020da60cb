using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts;

/// <summary>Two programs, or two threads, that save one artifact take turns; whoever loads meanwhile gets one of the two.</summary>
public class ConcurrentSaveTests
{
    private static readonly ModelDescription Model = TestModels.Model(Activation.Relu, Precision.Int8, 0.5, 8);

    [Fact]
    public async Task EveryLoadGivesOneOfTheTwo()
    {
        using var folder = new TemporaryFolder();
        var artifacts = new[] { Artifact.From(TestWeights.Of(Model, 1)), Artifact.From(TestWeights.Of(Model, 2)) };
        var saved = artifacts[0].Save(folder.Path);
        using var end = new CancellationTokenSource();
        var loads = 0;
        var loaders = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                while (!end.IsCancellationRequested)
                {
                    Assert.True(IsOneOf(artifacts, Artifact.Load(saved.ManifestPath, Model)));
                    Interlocked.Increment(ref loads);
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        var savers = Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < 12; round++)
                {
                    artifacts[i % 2].Save(folder.Path);
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        await Task.WhenAll(savers);
        await end.CancelAsync();
        await Task.WhenAll(loaders);

        Assert.True(loads > 0);
        Assert.Equal(["Model.espalier.bin", "Model.espalier.json"], folder.Files);
        var last = Artifact.Load(saved.BlobPath, Model);
        Assert.True(IsOneOf(artifacts, last));
        Assert.Equal(Artifact.From(last).Manifest, File.ReadAllText(saved.ManifestPath));
    }

    [Fact]
    public void ASaveThatAnotherProgramHoldsBackNamesTheLock()
    {
        using var folder = new TemporaryFolder();
        var old = Artifact.From(TestWeights.Of(Model, 1));
        old.Save(folder.Path);
        var paths = new ArtifactPaths(Path.Combine(folder.Path, "Model"));
        var other = Artifact.From(TestWeights.Of(Model, 2));

        // A second stream is to the system what a second process is.
        using (new FileStream(paths.Lock, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var error = Assert.Throws<ArtifactException>(() => ArtifactFiles.Write(paths.Stem, other.Blob.ToArray(), other.Manifest, patience: TimeSpan.FromMilliseconds(50)));
            Assert.Contains(paths.Lock, error.Message);
            Assert.Contains("save again", error.Message);
            Assert.True(IsOneOf([old], Artifact.Load(paths.Blob, Model)));
        }

        // That program died and left its lock file: it holds nobody back.
        other.Save(folder.Path);
        Assert.Equal(["Model.espalier.bin", "Model.espalier.json"], folder.Files);
        Assert.True(IsOneOf([other], Artifact.Load(paths.Blob, Model)));
    }

    [Fact]
    public async Task OneAtATimeHoldsTheLock()
    {
        using var folder = new TemporaryFolder();
        var (inside, turns) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < 40; round++)
                {
                    using var own = ArtifactLock.Take(folder.At("lock"), ArtifactLock.Patience);
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    turns++;
                    Interlocked.Decrement(ref inside);
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Equal(320, turns);
        Assert.Empty(folder.Files);
    }

    private static bool IsOneOf(Artifact[] artifacts, ModelWeights loaded) => artifacts.Any(artifact => artifact.Blob.Span.SequenceEqual(Artifact.From(loaded).Blob.Span));
}
