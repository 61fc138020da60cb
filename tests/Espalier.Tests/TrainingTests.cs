using Espalier.Coding;
using Espalier.Numerics;
using Xunit;

namespace Espalier.Tests;

public class RoundingTests
{
    /// <summary>The lecture's experiment: 0.3 added to 0 a hundred times on an integer grid.</summary>
    [Fact]
    public void SmallUpdatesSurviveStochasticRoundingAlone()
    {
        var grid = new WeightGrid(1, 127);
        var random = new RandomNumbers(7);
        var nearest = 0;
        var mean = 0.0;
        for (var i = 0; i < 100; i++)
        {
            nearest = grid.Nearest(nearest + 0.3f);
        }

        for (var run = 0; run < 1000; run++)
        {
            var value = 0;
            for (var i = 0; i < 100; i++)
            {
                value = grid.Stochastic(value + 0.3f, random);
            }

            mean += value / 1000.0;
        }

        Assert.Equal(0, nearest);

        // One run has a standard deviation of √(100·0.3·0.7) = 4.6, so the mean of a thousand has 0.145: five of those.
        Assert.Equal(30, mean, 0.73);
    }
}

public class TrainingTests
{
    private static LayerDescription Dense(string path, int inputs, int outputs, Activation activation = Activation.None, Precision precision = Precision.Fp32, double? sparsity = null, int? clusters = null) => new()
    {
        Path = path,
        Kind = "Dense",
        Arguments = [inputs, outputs],
        Inputs = inputs,
        Outputs = outputs,
        Activation = activation,
        Quantization = precision == Precision.Fp32 ? QuantizationDescription.Fp32 : new QuantizationDescription { Weights = precision, Inputs = precision == Precision.Int8 ? Precision.Int8 : Precision.Fp32, PerChannel = clusters is null },
        Pruning = sparsity is { } s ? new PruningDescription(s) : null,
        Codebook = clusters is { } c ? new CodebookDescription(c, precision == Precision.Int8 ? Precision.Int8 : Precision.Fp16) : null,
    };

    private static ModelDescription Model(Activation hidden, Precision precision, double? sparsity, int? clusters) => new()
    {
        Name = "Tests.Model",
        Layers = [Dense("0/Hidden", 9, 24, hidden, precision, sparsity, clusters), Dense("1/Out", 24, 3, Activation.None, precision, sparsity, clusters)],
    };

    /// <summary>Three classes around three centres.</summary>
    private static LabelledSamples Samples(int count, int seed)
    {
        var random = new Random(seed);
        var inputs = new float[count * 9];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            for (var k = 0; k < 9; k++)
            {
                inputs[(i * 9) + k] = (k % 3 == labels[i] ? 2 : 0) + random.NextSingle();
            }
        }

        return new LabelledSamples(inputs, labels, 9);
    }

    public static TheoryData<Precision, double, int> Combinations
    {
        get
        {
            var data = new TheoryData<Precision, double, int>();
            foreach (var precision in new[] { Precision.Fp32, Precision.Int8, Precision.Fp16 })
            {
                foreach (var sparsity in new[] { 0, 0.6 })
                {
                    foreach (var clusters in new[] { 0, 8 })
                    {
                        data.Add(precision, sparsity, clusters);
                    }
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Combinations))]
    public void EveryCombinationLearnsAndSurvivesItsArtifact(Precision precision, double sparsity, int clusters)
    {
        var model = Model(Activation.Relu, precision, sparsity > 0 ? sparsity : null, clusters > 0 ? clusters : null);
        var trained = new Trainer(model, new TrainingOptions { Epochs = 15 }).Run(Samples(300, 1), Samples(90, 2), TestContext.Current.CancellationToken);
        Assert.True(trained.ValidationAccuracy > 0.95, $"validation accuracy {trained.ValidationAccuracy}");
        if (sparsity > 0)
        {
            Assert.True(trained.Weights.Layers[0].Density <= 1 - sparsity + 0.01);
        }

        var decoded = Artifact.Decode(Artifact.From(trained).Blob.Span, model, "blob");
        for (var layer = 0; layer < 2; layer++)
        {
            for (var i = 0; i < model.Layers[layer].Inputs * model.Layers[layer].Outputs; i++)
            {
                var (output, input) = (i / model.Layers[layer].Inputs, i % model.Layers[layer].Inputs);
                Assert.Equal(trained.Weights.Layers[layer].Weight(output, input), decoded.Layers[layer].Weight(output, input));
            }

            Assert.Equal(trained.Weights.Layers[layer].Bias.ToArray(), decoded.Layers[layer].Bias.ToArray());
        }
    }

    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    public void IntegerNetworksLearnWithActivationsOnTheGrid(Activation activation)
    {
        var trained = new Trainer(Model(activation, Precision.Int8, null, null), new TrainingOptions { Epochs = 20, LearningRate = 0.01 }).Run(Samples(300, 1), Samples(90, 2), TestContext.Current.CancellationToken);
        Assert.True(trained.ValidationAccuracy > 0.95, $"validation accuracy {trained.ValidationAccuracy}");
    }

    [Fact]
    public void EqualSeedsGiveEqualBlobs()
    {
        byte[] Train(int seed) => Artifact.From(new Trainer(Model(Activation.Relu, Precision.Int8, 0.5, 8), new TrainingOptions { Epochs = 3, Seed = seed }).Run(Samples(100, 1), Samples(30, 2), TestContext.Current.CancellationToken)).Blob.ToArray();
        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void CancellationStopsTheRun()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Trainer(Model(Activation.Relu, Precision.Fp32, null, null)).Run(Samples(30, 1), Samples(30, 2), source.Token));
    }

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

public class CodingTests
{
    [Fact]
    public void SymbolsSurvive() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, 400], CsCheck.Gen.Int[1, 256], CsCheck.Gen.Double[0, 1], CsCheck.Gen.Int),
            spec =>
            {
                var (count, alphabet, density, seed) = spec;
                var random = new Random(seed);
                var symbols = Enumerable.Range(0, count).Select(_ => random.NextDouble() < density ? (byte)random.Next(alphabet) : (byte)0).ToArray();
                var writer = new BitWriter();
                SparseSymbols.Write(writer, symbols);
                var read = new byte[count];
                SparseSymbols.Read(new BitReader(writer.ToArray()), read);
                return read.AsSpan().SequenceEqual(symbols);
            });
}
