using Espalier.Tests.Artifacts.Golden;
using Espalier.Tests.Harness;
using Xunit;
using static Espalier.Tests.Harness.TestModels;

namespace Espalier.Tests.Artifacts;

public class ArtifactTests
{
    [Fact]
    public void DamagedBlobsGiveOneKindOfException()
    {
        var model = Model(Activation.Relu, Precision.Int8, 0.5, 8);
        var blob = Artifact.From(new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(Samples(30, 1), Samples(30, 2), TestContext.Current.CancellationToken)).Blob.ToArray();
        for (var length = 0; length < blob.Length; length++)
        {
            Assert.Throws<ArtifactException>(() => Artifact.Decode(blob.AsSpan(0, length), model, "blob"));
        }

        for (var place = 0; place < blob.Length; place++)
        {
            var altered = (byte[])blob.Clone();
            altered[place] ^= 0x41;
            Assert.Throws<ArtifactException>(() => Artifact.Decode(altered, model, "blob"));

            // With a check value that fits: either it is refused the same way, or it still is a whole model.
            System.Security.Cryptography.SHA256.HashData(altered.AsSpan(0, altered.Length - 8)).AsSpan(0, 8).CopyTo(altered.AsSpan(altered.Length - 8));
            var error = Record.Exception(() => Artifact.Decode(altered, model, "blob"));
            Assert.True(error is null or ArtifactException, error?.ToString());
        }
    }

    /// <summary>Both goals give the same weights, the smallest fewer bytes, and quick starts a blob that libraries of the first version read.</summary>
    [Fact]
    public void GoalsDifferInBytesOnly()
    {
        var model = new ModelDescription { Name = "Tests.Model", Layers = [Dense("0/Hidden", 90, 60, Activation.Relu, Precision.Int8, 0.9, 8), Dense("1/Out", 60, 5, Activation.None, Precision.Int8, 0.9, 8)] };
        var (small, quick) = (TestWeights.Of(model, 5, 0.1f), TestWeights.Of(model with { Coding = CodingGoal.FastStart }, 5, 0.1f));
        var (smallest, fastStart) = (Artifact.From(small).Blob.ToArray(), Artifact.From(quick).Blob.ToArray());
        Assert.True(smallest.Length < fastStart.Length);
        Assert.Equal((2, 1), (smallest[4], fastStart[4]));
        Assert.Equal(WeightsText.Of(small), WeightsText.Of(Artifact.Decode(fastStart, model, "blob")));
        Assert.Equal(WeightsText.Of(small), WeightsText.Of(Artifact.Decode(smallest, quick.Model, "blob")));
    }

    [Fact]
    public void ALaterVersionIsNamed()
    {
        var model = Model(Activation.Relu, Precision.Int8, 0.5, 8);
        var blob = Artifact.From(TestWeights.Of(model, 1)).Blob.ToArray();
        blob[4] = 6;
        Assert.Contains("format version 6; this library reads versions 1 to 5", Assert.Throws<ArtifactException>(() => Artifact.Decode(blob, model, "blob")).Message);
    }

    [Fact]
    public void AnotherAttributeIsNamed()
    {
        var model = Model(Activation.Relu, Precision.Int8, 0.5, 8);
        var blob = Artifact.From(new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(Samples(30, 1), Samples(30, 2), TestContext.Current.CancellationToken)).Blob.ToArray();
        var error = Assert.Throws<ArtifactException>(() => Artifact.Decode(blob, Model(Activation.Relu, Precision.Int8, 0.75, 8), "net.bin"));
        Assert.Contains("net.bin, layer 0/Hidden", error.Message);
        Assert.Contains("Prune(0.75", error.Message);
    }

    [Fact]
    public void ThePairIsSavedAndRead()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var model = Model(Activation.Relu, Precision.Int8, 0.5, 8);
            var trained = new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(Samples(30, 1), Samples(30, 2), TestContext.Current.CancellationToken);
            var saved = Artifact.From(trained).Save(folder.FullName);
            Artifact.From(trained).Save(folder.FullName);
            Assert.Equal(["Model.espalier.bin", "Model.espalier.json"], folder.GetFiles().Select(file => file.Name).Order());
            Assert.Equal(trained.Weights.Layers[0].Nonzeros, Artifact.Load(saved.ManifestPath, model).Layers[0].Nonzeros);

            // A save that was cut between its two renames: the manifest still names the blob that was there before.
            File.Copy(saved.BlobPath, saved.BlobPath + ".previous");
            File.WriteAllBytes(saved.BlobPath, [1, 2, 3]);
            Assert.Equal(trained.Weights.Layers[0].Nonzeros, Artifact.Load(saved.ManifestPath, model).Layers[0].Nonzeros);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
