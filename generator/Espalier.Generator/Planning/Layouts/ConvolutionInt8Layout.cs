using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>Windows multiplied as they lie in the map, unsigned codes times signed bytes, four at a time.</summary>
internal sealed partial class ConvolutionInt8Layout : ConvolutionLayout
{
    public override string Name => "ConvolutionInt8";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"direct int8 convolution, tiles of {plan.Slots} pixels and {plan.Rows} output channels, " + (plan.Depth == 0 ? "products added to 32-bit sums at once" : $"16-bit sums widened every {plan.Depth} step(s)");

    public override int ScratchBytes(LayerDefinition definition, KernelPlan plan) =>
        ConvolutionScratch.MapBytes(ConvolutionGeometry.Of(definition), sizeof(byte));

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (!facts.Definition.IsInteger || facts.Input == EdgeForm.Planes)
        {
            yield break;
        }

        var geometry = ConvolutionGeometry.Of(facts.Definition);
        var depth = DenseIntegerLayout.PlannedDepth(facts);

        // Multiply-adds a cycle of 256 bits by steps that are added in 16 bits: measured on Zen 3, where 16-bit additions take no multiplier's place. Twice as many of 512
        // bits, half of 128, those of VNNI and of Arm are estimated.
        var rate = depth switch { 1 => 27.0, 2 => 29.0, _ => 34.0 };
        var (lanes, vectors, pixels, perCycle) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.AvxVnni => (8, 2, 6, 56.0),
            Tier.Avx512Vbmi or Tier.Avx512 => (16, 2, 6, 2 * rate),
            Tier.Avx2 => (8, 2, 3, rate),
            Tier.Ssse3 => (4, 2, 3, rate / 2),
            Tier.Portable => (4, 2, 3, 4.5),
            Tier.AdvSimdDp => (4, 4, 6, 26.0),
            Tier.AdvSimd => (4, 4, 4, 12.0),
            _ => (4, 2, 3, 0.8),
        };
        depth = tier == Tier.Avx512VbmiVnni || tier.AddsProductsIn32Bits() ? 0 : depth;
        var rows = lanes * TileVectors(geometry, lanes, vectors);
        var steps = Layout.Tiles(geometry.RunLength(rows), DenseIntegerLayout.StepInputs);
        var products = (double)geometry.OutputPixels * geometry.PaddedOutputs * geometry.Window.Height * geometry.RunsOfRow * steps * DenseIntegerLayout.StepInputs;
        yield return new KernelPlan(tier, Name, rows, pixels, 0, depth) { Cycles = Layout.Clamp(products / perCycle) };
    }
}
