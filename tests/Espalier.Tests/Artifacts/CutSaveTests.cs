using System.Security.Cryptography;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts;

/// <summary>A program that dies at any step of a save leaves the old pair or the new one, and the next save goes on from there.</summary>
public class CutSaveTests
{
    private static readonly ModelDescription Model = TestModels.Model(Activation.Relu, Precision.Int8, 0.5, 8);
    private static readonly Artifact[] Artifacts = [.. Enumerable.Range(0, 3).Select(seed => Artifact.From(TestWeights.Of(Model, (ulong)seed)))];
    private static readonly string[] Pair = ["Model.espalier.bin", "Model.espalier.json"];

    [Fact]
    public void EveryStepOfTheFirstSave()
    {
        for (var step = 0; ; step++)
        {
            using var folder = new TemporaryFolder();
            var cut = Cut(folder, Artifacts[0], step);
            if (File.Exists(new ArtifactPaths(Stem(folder)).Blob))
            {
                Assert.True(Artifacts[0].Blob.Span.SequenceEqual(Loaded(folder)), $"step {step}");
            }
            else
            {
                Assert.Throws<ArtifactException>(() => Loaded(folder));
            }

            SaveAndCheck(folder, Artifacts[1]);
            if (!cut)
            {
                Assert.True(step >= 8, $"only {step} steps");
                return;
            }
        }
    }

    [Fact]
    public void EveryStepOfTheSecondSave()
    {
        for (var (step, committed) = (0, false); ; step++)
        {
            using var folder = new TemporaryFolder();
            Save(folder, Artifacts[0]);
            var cut = Cut(folder, Artifacts[1], step);
            committed = CheckOldOrNew(folder, Artifacts[0], Artifacts[1], committed);
            SaveAndCheck(folder, Artifacts[2]);
            if (!cut)
            {
                Assert.True(committed);
                return;
            }
        }
    }

    [Fact]
    public void EveryStepOfASaveAfterEveryCutSave()
    {
        var (steps, pairs) = (StepsOfASecondSave(), 0);
        for (var first = 0; first < steps; first++)
        {
            for (var (second, committed) = (0, false); second <= steps + 1; second++, pairs++)
            {
                using var folder = new TemporaryFolder();
                Save(folder, Artifacts[0]);
                Assert.True(Cut(folder, Artifacts[1], first));
                var before = Loaded(folder).SequenceEqual(Artifacts[0].Blob.Span) ? Artifacts[0] : Artifacts[1];
                Cut(folder, Artifacts[2], second);
                committed = CheckOldOrNew(folder, before, Artifacts[2], committed);
                SaveAndCheck(folder, Artifacts[1]);
                SaveAndCheck(folder, Artifacts[0]);
            }
        }

        Assert.True(pairs > 100);
    }

    [Fact]
    public void LeftoversOfAnySizeAreReplaced()
    {
        using var folder = new TemporaryFolder();
        Save(folder, Artifacts[0]);
        var paths = new ArtifactPaths(Stem(folder));
        foreach (var path in new[] { paths.NewBlob, paths.NewManifest, paths.Previous, paths.Lock })
        {
            File.WriteAllBytes(path, new byte[100_000]);
        }

        Assert.True(Artifacts[0].Blob.Span.SequenceEqual(Loaded(folder)));
        SaveAndCheck(folder, Artifacts[1]);
    }

    private static int StepsOfASecondSave()
    {
        using var folder = new TemporaryFolder();
        Save(folder, Artifacts[0]);
        var steps = 0;
        ArtifactFiles.Write(Stem(folder), Artifacts[1].Blob.ToArray(), Artifacts[1].Manifest, _ => steps++);
        return steps;
    }

    /// <summary>Saves up to a step; at every step on the way the build must find the blob that the manifest names. Whether the step was reached.</summary>
    private static bool Cut(TemporaryFolder folder, Artifact artifact, int step)
    {
        var next = 0;
        try
        {
            ArtifactFiles.Write(Stem(folder), artifact.Blob.ToArray(), artifact.Manifest, name =>
            {
                CheckBuildFindsABlob(folder, name);
                if (next++ == step)
                {
                    throw new PowerCut();
                }
            });
            return false;
        }
        catch (PowerCut)
        {
            CheckBuildFindsABlob(folder, $"step {step}");
            return true;
        }
    }

    /// <summary>What <c>Espalier.targets</c> does: the blob or the one before, whichever the manifest names.</summary>
    private static void CheckBuildFindsABlob(TemporaryFolder folder, string step)
    {
        var paths = new ArtifactPaths(Stem(folder));
        if (File.Exists(paths.Manifest))
        {
            var manifest = File.ReadAllText(paths.Manifest);
            Assert.True(
                new[] { paths.Blob, paths.Previous }.Any(path => File.Exists(path) && manifest.Contains(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))))),
                $"before \"{step}\" no blob is the one that the manifest names");
        }
    }

    /// <summary>Once a later step has given the new weights, no step after it may give the old ones.</summary>
    private static bool CheckOldOrNew(TemporaryFolder folder, Artifact old, Artifact other, bool committed)
    {
        var loaded = Loaded(folder);
        var isNew = loaded.SequenceEqual(other.Blob.Span);
        Assert.True(isNew || (!committed && loaded.SequenceEqual(old.Blob.Span)));
        return isNew;
    }

    private static void SaveAndCheck(TemporaryFolder folder, Artifact artifact)
    {
        Save(folder, artifact);
        Assert.Equal(Pair, folder.Files);
        Assert.True(artifact.Blob.Span.SequenceEqual(Loaded(folder)));
        Assert.Equal(artifact.Manifest, File.ReadAllText(new ArtifactPaths(Stem(folder)).Manifest));
    }

    // The bytes of a blob follow from the weights: equal bytes are equal weights.
    private static byte[] Loaded(TemporaryFolder folder) => Artifact.From(Artifact.Load(new ArtifactPaths(Stem(folder)).Manifest, Model)).Blob.ToArray();

    private static void Save(TemporaryFolder folder, Artifact artifact) => artifact.Save(folder.Path);

    private static string Stem(TemporaryFolder folder) => Path.Combine(folder.Path, Model.ShortName);

    /// <summary>No exception that any code would handle.</summary>
    private sealed class PowerCut : Exception;
}
