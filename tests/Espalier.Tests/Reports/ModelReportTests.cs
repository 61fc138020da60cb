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
            foreach (var expected in new[] { "Tests.Model", "0/Hidden", "1/Out", "9x24", "25.0 %", "header", "total", "Prune", "Share", "Quantize", "Int8: 0 … 127", "45 nm" })
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
