using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>One byte for each nonzero wins where a layer waits for the third-level cache, and nowhere else.</summary>
public class DeltaLaneSlicesPlanTests
{
    [Theory]
    [InlineData(4096, 1000, 0.25, true)]
    [InlineData(4096, 1000, 0.23, true)]
    [InlineData(784, 300, 0.08, false)]
    [InlineData(300, 100, 0.09, false)]
    [InlineData(100, 10, 0.26, false)]
    [InlineData(4096, 600, 0.1, false)]
    [InlineData(4096, 4096, 0.09, false)]
    [InlineData(9216, 4096, 0.09, false)]
    [InlineData(600, 8791, 0.11, false)]
    [InlineData(4096, 4096, 0.04, false)]
    public void IsChosenBeyondTheSecondLevelCache(int inputs, int outputs, double density, bool chosen)
    {
        var plan = Plan(inputs, outputs, density, 16);
        foreach (var tier in new[] { Tier.Avx512Vbmi, Tier.Avx512VbmiVnni })
        {
            Assert.Equal(chosen, plan.For(tier).Layout == "DeltaLaneSlices");
        }

        Assert.All(plan.Kernels.Where(kernel => kernel.Tier is not (Tier.Avx512Vbmi or Tier.Avx512VbmiVnni)), kernel => Assert.NotEqual("DeltaLaneSlices", kernel.Layout));
    }

    [Fact]
    public void NeedsACodebookOfFourBits() =>
        Assert.All(Plan(4096, 1000, 0.25, 17).Kernels, kernel => Assert.NotEqual("DeltaLaneSlices", kernel.Layout));

    private static LayerPlan Plan(int inputs, int outputs, double density, int clusters) => Planner.Plan(new LayerFacts(
        new LayerDefinition(
            "Dense",
            new[] { inputs, outputs }.ToEquatableArray(),
            inputs,
            outputs,
            true,
            ActivationKind.Relu,
            QuantizeDefinition.Resolve(true, NumberFormat.Int8, null, null, null, null, null, null, null, true),
            new PruneDefinition(1 - density, true),
            new CodebookDefinition(clusters, NumberFormat.Int8)),
        EdgeForm.Codes,
        null));
}
