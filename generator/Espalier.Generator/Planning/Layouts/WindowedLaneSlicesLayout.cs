using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// Pruned int8 weights as windowed lane slices: a slice holds as many rows as a vector has 32-bit lanes, a step takes up to four
/// nonzeros of every row out of a window of activations, and the window slides with the rows' progress. No horizontal sums, no
/// gathers. Two vectors form a pair: two steps of one slice, or one step of a slice of twice the rows, which share one window.
/// Codebooks of up to 16 centroids pack a pair's codes into nibbles.
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

    public override bool SkipsZeros => true;

    public override bool IsScheduledBeforehand => true;

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"windowed lane slices at {facts.DensityText} density: {plan.Rows} rows x {plan.Slots} nonzeros a step, {Windows(plan)}, "
        + (facts.NibbleClusters > 0 ? "4-bit centroid indices" : "8-bit weights");

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (!facts.Definition.IsInteger || facts.Density >= 1)
        {
            yield break;
        }

        // An index byte, and half a byte of centroid index or a whole weight.
        var planes = ActivationPlanes.LaneSliceCost(facts, tier);
        var slotBytes = facts.NibbleClusters > 0 ? 1.5 : 2;
        foreach (var variant in LaneSliceVariant.Of(tier))
        {
            // Where all activations fit the window there is nothing to slide.
            if (variant.Windows > 1 && facts.Definition.Inputs <= variant.Window)
            {
                continue;
            }

            var built = Layout.Built(facts, variant.Rows, StepSlots, variant.Window, variant.Windows, variant.PairSteps);
            var steps = built?.Steps ?? Layout.ExpectedSteps(facts, variant, StepSlots);

            // In 256 bits VNNI adds to 32-bit sums, as Arm does; 512 bits of it are missing in .NET 10. A single step of a pair is widened at once.
            var depth = tier.AddsProductsIn32Bits() ? 0 : variant.PairSteps == 1 ? 1 : built?.Depth ?? HopedDepth;
            var cycles = planes * steps / variant.PairSteps * (depth == 1 && variant.PairSteps == 2 ? variant.PairCycles + WideningCycles : variant.PairCycles);
            var bytes = steps * slotBytes * variant.Rows * StepSlots;
            yield return new KernelPlan(tier, Name, variant.Rows, StepSlots, variant.Window, depth)
            {
                Windows = variant.Windows,
                PairSteps = variant.PairSteps,
                Cycles = Layout.Clamp(Layout.Streamed(cycles, bytes) + (Layout.Tiles(facts.Definition.Outputs, variant.Rows) * (variant.PairSteps == 1 ? 14 : 10))),
            };
        }
    }

    private static string Windows(KernelPlan plan) => (plan.PairSteps, plan.Windows) switch
    {
        (1, _) => $"a window of {plan.Window} for each step",
        (_, 1) => $"a window of {plan.Window} for two steps",
        _ => $"windows of {plan.Window} for each step",
    };
}
