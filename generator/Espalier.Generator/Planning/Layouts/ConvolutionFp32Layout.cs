using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>Windows multiplied as they lie in the map, in fp32.</summary>
internal sealed partial class ConvolutionFp32Layout : ConvolutionLayout
{
    public override string Name => "ConvolutionFp32";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"direct fp32 convolution, tiles of {plan.Slots} pixels and {plan.Rows} output channels";

    public override int ScratchBytes(LayerDefinition definition, KernelPlan plan) =>
        ConvolutionScratch.MapBytes(ConvolutionGeometry.Of(definition), sizeof(float));

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger)
        {
            yield break;
        }

        var geometry = ConvolutionGeometry.Of(facts.Definition);

        // Multiply-adds a cycle: AVX2 is measured on Zen 3 (11 to 14.5), the others are estimated.
        var (lanes, vectors, perCycle) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (16, 4, 15.0),
            Tier.AvxVnni or Tier.Avx2 => (8, 2, 14.0),
            Tier.Ssse3 => (4, 2, 6.5),
            Tier.Portable => (4, 2, 6.0),
            Tier.AdvSimd or Tier.AdvSimdDp => (4, 4, 7.0),
            _ => (4, 2, 0.8),
        };
        var rows = lanes * TileVectors(geometry, lanes, vectors);
        var products = (double)geometry.OutputPixels * geometry.PaddedOutputs * geometry.Window.Height * geometry.RunsOfRow * geometry.RunLength(rows);
        yield return new KernelPlan(tier, Name, rows, TilePixels, 0, 0) { Cycles = Layout.Clamp((products / perCycle) + WeightCycles(products / geometry.OutputPixels * sizeof(float), 1)) };
    }
}
