using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// 3×3 convolutions by Winograd's minimal filtering: F(4×4) multiplies a quarter as often as windows do, F(2×2) four ninths, and both transform maps and results. Sums
/// come of numbers that are larger than the result, so more of it is rounded away: relative to the largest result F(2×2) is up to 1e-6 off, F(4×4) 8e-6.
/// </summary>
internal sealed partial class WinogradFp32Layout : ConvolutionLayout
{
    public override string Name => "WinogradFp32";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"Winograd's F({plan.Window}×{plan.Window}, 3×3) in fp32, tiles of {plan.Slots} windows and {plan.Rows} output channels, up to {(plan.Window == 4 ? "8e-6" : "1e-6")} of the largest result off";

    public override int ScratchBytes(LayerDefinition definition, KernelPlan plan) => WinogradGeometry.Of(definition, plan.Window)!.ScratchBytes;

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || !tier.HasVectors())
        {
            yield break;
        }

        // Multiply-adds a cycle, and cycles of transforming a vector of a tile at one position, there and back. AVX2 is measured on Zen 3, the others are estimated.
        var (lanes, vectors, perCycle, transform) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (16, 4, 25.0, 3.5),
            Tier.AvxVnni or Tier.Avx2 => (8, 2, 12.5, 3.5),
            Tier.AdvSimd or Tier.AdvSimdDp => (4, 4, 7.0, 4.0),
            _ => (4, 2, 6.0, 4.0),
        };

        foreach (var size in new[] { 4, 2 })
        {
            if (WinogradGeometry.Of(facts.Definition, size) is not { } winograd)
            {
                continue;
            }

            var geometry = winograd.Convolution;
            var rows = lanes * TileVectors(geometry, lanes, vectors);
            var windows = (double)winograd.Blocks * winograd.BlockTiles * winograd.Positions;
            var weights = (double)winograd.Positions * geometry.Channels * geometry.PaddedOutputs * sizeof(float);
            var products = (windows * geometry.Channels * geometry.PaddedOutputs / perCycle) + WeightCycles(weights, winograd.Blocks);
            var transforms = windows * (geometry.Pitch + geometry.PaddedOutputs) / lanes * transform;
            yield return new KernelPlan(tier, Name, rows, TilePixels, size, 0) { Cycles = Layout.Clamp(products + transforms) };
        }
    }
}
