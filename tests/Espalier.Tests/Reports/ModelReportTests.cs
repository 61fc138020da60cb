using System.Globalization;
using Espalier.Coding;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests;

public class ModelReportTests
{
    private static TrainedModel Train(Precision precision, double? sparsity, int? clusters) =>
        new Trainer(TestModels.Model(Activation.Relu, precision, sparsity, clusters), new TrainingOptions { Epochs = 2 })
            .Run(TestModels.Samples(60, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken);

    [Fact]
    public void CountsWhatIsThere()
    {
        var report = Train(Precision.Int8, 0.75, 8).Report;
        var (hidden, last) = (report.Layers[0], report.Layers[1]);
        Assert.Equal((54, 18), (hidden.Nonzeros, last.Nonzeros));
        Assert.Equal((0.25, 0.25), (hidden.Density, last.Density));
        Assert.Equal((54, 216, 18, 72), (hidden.MultiplyAdds, hidden.DenseMultiplyAdds, last.MultiplyAdds, last.DenseMultiplyAdds));
        Assert.Equal((4 * (216 + 24), 4 * (72 + 3)), (hidden.DenseBytes, last.DenseBytes));
        Assert.Equal(54 * 0.3, hidden.Energy, 1e-9);
        Assert.Equal(216 * 4.6, hidden.DenseEnergy, 1e-9);
        Assert.Equal(report.DenseBytes, hidden.DenseBytes + last.DenseBytes);
        Assert.Equal(report.CompressionRatio, (double)report.DenseBytes / report.Bytes);
        Assert.Equal([TrainingStage.Dense, TrainingStage.Prune, TrainingStage.Share, TrainingStage.Quantize], report.Stages.Select(stage => stage.Stage));
    }

    /// <summary>Every byte that must ship is counted: the layers' and the header's are the blob's.</summary>
    [Fact]
    public void BytesAreTheBlobs()
    {
        var trained = Train(Precision.Int8, 0.75, 8);
        Assert.Equal(Artifact.From(trained).Bytes, trained.Report.Bytes);
        Assert.True(trained.Report.Layers.Sum(layer => layer.Bytes) < trained.Report.Bytes);
    }

    /// <summary>Each stage takes off bytes, and the last two are those of the blobs that each goal gives.</summary>
    [Fact]
    public void StagesEndInTheBlobs()
    {
        var model = TestModels.Model(Activation.Relu, Precision.Int8, 0.75, 8);
        foreach (var goal in new[] { CodingGoal.Smallest, CodingGoal.FastStart })
        {
            var weights = TestWeights.Of(model with { Coding = goal }, 3, 0.2f);
            var report = ModelReport.From(weights);
            Assert.Equal([CodingGoal.Smallest, CodingGoal.FastStart], report.Codings.Select(coding => coding.Goal));
            Assert.All(report.Codings, coding => Assert.True(coding.DecodeMilliseconds > 0));
            Assert.Equal(Artifact.From(weights).Bytes, report.Codings.Single(coding => coding.Goal == goal).Bytes);
            Assert.True(report.Codings[0].Bytes <= report.Codings[1].Bytes);
            foreach (var layer in report.Layers)
            {
                Assert.Equal(layer.DenseBytes, layer.Stages.Dense);
                Assert.True(layer.Stages.Dense > layer.Stages.Pruned && layer.Stages.Pruned > layer.Stages.Quantized);
                Assert.Equal(layer.Bytes, goal == CodingGoal.Smallest ? layer.Stages.Smallest : layer.Stages.FastStart);
            }
        }
    }

    /// <summary>37 bits for a kept float, 8 for a kept index of eight centroids, and 4 bytes for a bias.</summary>
    [Fact]
    public void StagesAreThoseOfDeepCompression()
    {
        var layer = TestModels.Dense("0/L", 40, 2, Activation.None, Precision.Int8, 0.9, 8);
        var codes = new sbyte[80];
        (codes[0], codes[35], codes[79]) = (1, 2, 3);
        var weights = new IntegerLayerWeights(layer, codes, [1], [0, 0], new ActivationGrid(1, 0, 127), centroids: [-3, -2, -1, 0, 1, 2, 3, 4]);
        var report = ModelReport.From(new ModelWeights(new ModelDescription { Name = "Tests.One", Layers = [layer] }, new Normalisation(0, 1), [weights])).Layers[0];
        var stages = report.Stages;

        // 34 and 43 zeros lie between them: a filler each.
        Assert.Equal((328, ((5 * 37) + 7) / 8 + 8, ((5 * 8) / 8) + 8 + 8), (stages.Dense, stages.Pruned, stages.Quantized));

        // Five entries of 8 bits for three kept weights, whose codes take three bits each.
        Assert.Equal((3, ((5 * 8) - (3 * 3)) / 3.0), (report.Bits.Quantized.Weight, report.Bits.Quantized.Index));
    }

    /// <summary>What the columns of bits say adds up to what the columns of bytes say, without biases and codebook.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void BitsAddUpToBytes(double sparsity)
    {
        var layer = ModelReport.From(TestWeights.Of(TestModels.Model(Activation.Relu, Precision.Int8, sparsity, 8), 3, (float)(1 - sparsity))).Layers[0];
        var bits = layer.Nonzeros * (layer.Bits.Quantized.Weight + layer.Bits.Quantized.Index);
        var biasesAndCodebook = (4 * layer.Layer.Outputs) + 8;
        Assert.InRange(bits / 8, layer.Stages.Quantized - biasesAndCodebook - 1.01, layer.Stages.Quantized - biasesAndCodebook + 0.01);
        Assert.Equal(layer.Bits.Smallest, new KeptWeightBits(layer.WeightBits, layer.IndexBits));
    }

    /// <summary>Where every weight is stored in its turn, kept weights pay for the others, and nothing says where they are.</summary>
    [Fact]
    public void DenseWeightsHaveNoIndex()
    {
        var layer = ModelReport.From(TestWeights.Of(TestModels.Model(Activation.Relu, Precision.Int8, null, null), 3, 1)).Layers[0];
        Assert.Equal(new KeptWeightBits(8 * 216.0 / layer.Nonzeros, 0), layer.Bits.Quantized);
    }

    /// <summary>1,066,440 bytes are 266,610 words: from DRAM 37 times what the arithmetic of as many multiply-adds takes.</summary>
    [Fact]
    public void WeightsAreReadOnceFromWhereTheyLive()
    {
        Assert.Equal((266_610 * 640.0, 266_610 * 5.0), (EnergyTable.Read(1_066_440, WeightStore.Dram), EnergyTable.Read(1_066_440, WeightStore.Sram)));
        Assert.Equal((0, 5.0, 10.0), (EnergyTable.Read(0, WeightStore.Sram), EnergyTable.Read(1, WeightStore.Sram), EnergyTable.Read(5, WeightStore.Sram)));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnergyTable.Read(-1, WeightStore.Sram));
        Assert.Throws<ArgumentOutOfRangeException>(() => EnergyTable.Read(1, (WeightStore)7));
        var layer = Train(Precision.Int8, 0.75, 8).Report.Layers[0];
        Assert.Equal(EnergyTable.Read(layer.Stages.Quantized, WeightStore.Dram), layer.WeightEnergy(WeightStore.Dram));
        Assert.Equal(EnergyTable.Read(layer.DenseBytes, WeightStore.Sram), layer.DenseWeightEnergy(WeightStore.Sram));
    }

    /// <summary>Weight and index bits are what the coder really writes, up to its tables.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.9)]
    public void BitsAreThoseOfTheCoder(double sparsity)
    {
        var random = new Random(3);
        var symbols = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() < sparsity ? (byte)0 : (byte)(1 + random.Next(15))).ToArray();
        var (gaps, values) = SparseSymbols.Measure(symbols);
        var writer = new BitWriter();
        SparseSymbols.Write(writer, symbols);
        Assert.InRange((8 * writer.Length) - (gaps + values), 0, 400);
        Assert.Equal(sparsity < 0.5, gaps == 0);
    }

    [Theory]
    [InlineData(Precision.Fp32, 32)]
    [InlineData(Precision.Fp16, 16)]
    [InlineData(Precision.Bf16, 16)]
    public void FloatsTakeTheirFormatsBits(Precision precision, double bits)
    {
        var layer = Train(precision, 0.5, null).Report.Layers[0];
        Assert.Equal(bits, layer.WeightBits);
        Assert.InRange(layer.IndexBits, 0.5, 2.5);
    }

    [Fact]
    public void TextNamesEveryLayerStageAndFormat()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = comma.NumberFormat.PercentDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;
            var text = Train(Precision.Int8, 0.75, 8).Report.ToString();
            foreach (var expected in new[] { "Tests.Model", "0/Hidden", "1/Out", "9x24", "25.0 %", "header", "total", "Prune", "Share", "Quantize", "Int8: 0 … 127", "45 nm", "Coding Smallest", "Huffman", "decoded in", "Deep Compression", "index bits", "in DRAM" })
            {
                Assert.Contains(expected, text);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void WeightsFromElsewhereHaveNoStages() =>
        Assert.Empty(ModelReport.From(Train(Precision.Fp32, null, null).Weights).Stages);
}
