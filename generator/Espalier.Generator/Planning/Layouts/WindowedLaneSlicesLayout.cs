using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// Pruned int8 weights as windowed lane slices: a slice holds as many rows as a vector has 32-bit lanes, a step takes up to four
/// nonzeros of every row out of a window of activations, and the window slides with the rows' progress. No horizontal sums, no
/// gathers. Two steps form a pair that shares one window; codebooks of up to 16 centroids pack a pair's codes into nibbles.
/// </summary>
internal sealed partial class WindowedLaneSlicesLayout : KernelLayout
{
    public const int StepSlots = 4;

    /// <summary>
    /// Steps of a pair that are added in 16 bits as long as no weights say otherwise. The packer deals nonzeros out so that this
    /// holds where it can (4 · 127 · weight ≤ 32767 holds for weights up to 64); weights that break it run the safe twin.
    /// </summary>
    private const int HopedDepth = 2;

    /// <summary>What a pair takes longer when each step is widened by itself.</summary>
    private const double WideningCycles = 0.6;

    public override string Name => "WindowedLaneSlices";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"windowed lane slices at {facts.Density:P1} density: {plan.Rows} rows x {plan.Slots} nonzeros a step, {(plan.Windows == 1 ? $"a window of {plan.Window} for two steps" : $"windows of {plan.Window} for each step")}, "
        + (facts.NibbleClusters > 0 ? "4-bit centroid indices" : "8-bit weights");

    public override IEnumerable<KernelPlan> Candidates(LayerFacts facts, Tier tier)
    {
        if (!facts.Definition.IsInteger || facts.Density >= 1)
        {
            yield break;
        }

        // An index byte, and half a byte of centroid index or a whole weight.
        var slotBytes = facts.NibbleClusters > 0 ? 1.5 : 2;
        foreach (var (rows, window, windows, cyclesPerPair) in Variants(tier))
        {
            // Where all activations fit the window there is nothing to slide.
            if (windows > 1 && facts.Definition.Inputs <= window)
            {
                continue;
            }

            var built = Layout.Built(facts, rows, StepSlots, window, windows);
            var steps = built?.Steps ?? Layout.ExpectedSteps(facts, rows, StepSlots, window, windows);

            // In 256 bits VNNI adds to 32-bit sums. The 16 rows of AVX-512 are 512 bits, where .NET 10 has no such instruction.
            var depth = tier.AddsProductsIn32Bits() ? 0 : built?.Depth ?? HopedDepth;
            var cycles = steps / 2 * (depth > 1 ? cyclesPerPair - WideningCycles : cyclesPerPair);
            yield return new KernelPlan(tier, Name, rows, StepSlots, window, depth)
            {
                Windows = windows,
                Cycles = Layout.Clamp(Layout.Streamed(cycles, steps * slotBytes * rows * StepSlots) + (Layout.Tiles(facts.Definition.Outputs, rows) * 10)),
            };
        }
    }

    /// <summary>
    /// Cycles of a pair of steps: between what Zen 4 and Emerald Rapids take for AVX-512 VBMI, measured on the latter for the others
    /// (AVX2 on Zen 4: 9.4) but the scalar tier and Arm's. Those are estimated for four vector pipes of which two look up (Neoverse V1,
    /// Cortex-X): two look-ups in four tables are three cycles and two in one table another; seven loads, and four more for a window
    /// each, go beside them. Without dot products there are six instructions more.
    /// </summary>
    private static IEnumerable<(int Rows, int Window, int Windows, double CyclesPerPair)> Variants(Tier tier) => tier switch
    {
        Tier.Avx512VbmiVnni or Tier.Avx512Vbmi => [(16, 64, 1, 6.5), (16, 64, 2, 6.8), (16, 128, 1, 8.0), (16, 128, 2, 8.5)],
        Tier.AvxVnni => [(8, 64, 1, 10.0), (8, 64, 2, 11.0)],
        Tier.Avx512 or Tier.Avx2 => [(8, 64, 1, 12.0), (8, 64, 2, 13.0)],
        Tier.Ssse3 => [(4, 64, 1, 9.5), (4, 64, 2, 10.5)],
        Tier.Portable => [(4, 64, 1, 22.0), (4, 64, 2, 23.0)],
        Tier.AdvSimdDp => [(4, 64, 1, 5.0), (4, 64, 2, 6.0)],
        Tier.AdvSimd => [(4, 64, 1, 7.0), (4, 64, 2, 8.0)],
        _ => [(4, 64, 1, 64.0)],
    };
}
