using Espalier.Kernels;
using Espalier.Planning;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>Pruned convolutions run kernels that skip zeros, others do not: but for those of so few outputs that turning the map would take longest.</summary>
public class SparseConvolutionPlanTests
{
    [Theory, InlineData(64, 56, 64, 3), InlineData(512, 7, 512, 3), InlineData(16, 55, 64, 3), InlineData(512, 13, 1000, 1)]
    public void PrunedToFifteenPercentTheySkipZeros(int channels, int size, int outputs, int kernel)
    {
        foreach (var tier in Planner.Tiers)
        {
            Assert.Equal("SparseConvolutionInt8", Layout(channels, size, outputs, kernel, Precision.Int8, 0.85, tier));
        }
    }

    [Theory, InlineData(Precision.Fp32), InlineData(Precision.Int8)]
    public void NearlyDenseNothingIsSkipped(Precision precision)
    {
        foreach (var sparsity in new[] { 0, 0.1 })
        {
            Assert.DoesNotContain("Sparse", Layout(64, 56, 64, 3, precision, sparsity, Tier.Avx2));
        }
    }

    [Fact]
    public void FloatsSkipZerosWhereFewStay()
    {
        Assert.Equal("SparseConvolutionFp32", Layout(64, 56, 64, 1, Precision.Fp32, 0.9, Tier.Avx2));
        Assert.Equal("SparseConvolutionFp32", Layout(256, 14, 256, 3, Precision.Fp32, 0.95, Tier.Avx2));
    }

    private static string Layout(int channels, int size, int outputs, int kernel, Precision precision, double sparsity, Tier tier)
    {
        var layer = new LayerDescription
        {
            Path = "0/Conv",
            Kind = "Conv2D",
            Arguments = [channels, outputs, kernel, kernel, 1, 1, kernel / 2, kernel / 2, 1, 1, 1],
            Inputs = channels * size * size,
            Outputs = outputs * size * size,
            InputShape = new ImageShape(channels, size, size),
            OutputShape = new ImageShape(outputs, size, size),
            Quantization = precision == Precision.Int8
                ? new QuantizationDescription { Weights = precision, Inputs = precision, Outputs = precision, Accumulators = Precision.Int32 }
                : QuantizationDescription.Fp32,
            Pruning = sparsity > 0 ? new PruningDescription(sparsity) : null,
        };
        return Planner.Plan(new LayerFacts(layer.ToDefinition(), EdgeForm.Floats, null), tier).Layout;
    }
}
