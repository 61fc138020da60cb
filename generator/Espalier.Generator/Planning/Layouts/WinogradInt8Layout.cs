using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// 3×3 convolutions by Winograd's minimal filtering in integers, with the very sums that windows give: F(4×4) multiplies a quarter as often, F(2×2) four ninths.
/// Codes and weights grow to 16 bits, and no weight is rounded: the transforms' fractions are left for the end. There sums are 576 times too large, or 4 times,
/// modulo 2³²; what is left of 32 bits has to hold them.
/// </summary>
internal sealed partial class WinogradInt8Layout : ConvolutionLayout
{
    public override string Name => "WinogradInt8";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"Winograd's F({plan.Window}×{plan.Window}, 3×3) in 16 bits with exact sums, tiles of {plan.Slots} windows and {plan.Rows} output channels";

    public override int ScratchBytes(LayerDefinition definition, KernelPlan plan) => WinogradGeometry.Of(definition, plan.Window)!.ScratchBytes;

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        // Without an instruction for pairs of 16-bit products, windows as they lie are quicker.
        if (!facts.Definition.IsInteger || facts.Input == EdgeForm.Planes || !tier.IsX86())
        {
            yield break;
        }

        // Multiply-adds a cycle, and cycles of transforming a vector of shorts at one position there, and of a vector of sums back and its ending. AVX2 is measured on Zen 3
        // and Sapphire Rapids, AVX-512 and AVX-VNNI on the latter, which has 32 multiply-adds a cycle either way; 128 bits are estimated.
        var (lanes, vectors, perCycle, back) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (16, 4, 27.0, 6.0),
            Tier.AvxVnni => (8, 2, 26.0, 8.0),
            Tier.Avx2 => (8, 2, 20.0, 8.0),
            _ => (4, 2, 10.0, 8.0),
        };
        const double There = 3;

        foreach (var size in new[] { 4, 2 })
        {
            // What trained weights show; without any, their sums are taken to fit, as those of real weights do by far: all of 231 channels' would have to be near one end of
            // their grid. Packing proves it, and other weights get the scalar twin.
            if ((size == 4 && facts.Evidence is { WideSums: true }) || WinogradGeometry.Of(facts.Definition, size) is not { } winograd)
            {
                continue;
            }

            var geometry = winograd.Convolution;
            var rows = lanes * TileVectors(geometry, lanes, vectors);
            var windows = (double)winograd.Blocks * winograd.BlockTiles * winograd.Positions;
            var weights = (double)winograd.Positions * geometry.Channels * geometry.PaddedOutputs * sizeof(short);
            // Twice the cycles that floats wait for as many bytes: they are multiplied in half the time (measured with 256 channels of 14×14, where VNNI makes windows as fast).
            var products = (windows * geometry.Channels * geometry.PaddedOutputs / perCycle) + (2 * WeightCycles(weights, winograd.Blocks));
            var transforms = windows * ((geometry.Pitch / (2.0 * lanes) * There) + (geometry.PaddedOutputs / (double)lanes * back));
            yield return new KernelPlan(tier, Name, rows, TilePixels, size, 0) { Cycles = Layout.Clamp(products + transforms) };
        }
    }
}
