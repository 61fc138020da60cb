using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>Where dense weights of few values are stored in few bits, and where they stay bytes.</summary>
public class FewBitsPlanTests
{
    [Theory]
    [InlineData(Precision.Int4, 0, "DenseNibbles")]
    [InlineData(Precision.Int8, 16, "DenseNibbles")]
    [InlineData(Precision.Int8, 4, "DenseTwoBit")]
    [InlineData(Precision.Ternary, 0, "DenseTwoBit")]
    [InlineData(Precision.Binary, 0, "DenseTwoBit")]
    [InlineData(Precision.Int8, 0, "DenseInt8")]
    [InlineData(Precision.Int8, 17, "DenseInt8")]
    public void BeyondTheCaches_TheFewestBytesWin(Precision weights, int clusters, string layout)
    {
        foreach (var tier in new[] { Tier.Avx2, Tier.AvxVnni, Tier.Avx512, Tier.Avx512Vbmi, Tier.Avx512VbmiVnni })
        {
            Assert.StartsWith(layout is "DenseTwoBit" && tier < Tier.Avx512 ? "Dense" : layout, Plan(4096, 4096, (NumberFormat)weights, clusters).For(tier).Layout, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Precision.Int4)]
    [InlineData(Precision.Ternary)]
    public void InTheFirstLevelCache_BytesWin(Precision weights) =>
        Assert.All(Plan(128, 64, (NumberFormat)weights, 0).Kernels, kernel => Assert.Equal("DenseInt8", kernel.Layout));

    [Fact]
    public void CodebookTooLargeForOneLookUp_IsNamedInTheReason() =>
        Assert.Contains("40 centroids", Plan(300, 100, NumberFormat.Int8, 40).For(Tier.Avx2).Why, StringComparison.Ordinal);

    private static LayerPlan Plan(int inputs, int outputs, NumberFormat weights, int clusters) => Planner.Plan(new LayerFacts(
        new LayerDefinition(
            "Dense",
            new[] { inputs, outputs }.ToEquatableArray(),
            inputs,
            outputs,
            true,
            ActivationKind.Relu,
            QuantizeDefinition.Resolve(true, weights, null, null, null, null, null, null, null, clusters > 0),
            null,
            clusters > 0 ? new CodebookDefinition(clusters, weights) : null),
        EdgeForm.Codes,
        null));
}
