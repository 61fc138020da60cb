using System;
using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// Pruned int8 weights with a codebook of up to 16 centroids, one byte a slot: four bits say how far the row's next column is, four
/// which centroid it has. A slice holds 64 rows, one for each byte of a 512-bit vector; positions are added up as the kernel goes.
/// More arithmetic for each slot than windowed lane slices, but fewer bytes: for layers that wait for the third-level cache.
/// </summary>
internal sealed partial class DeltaLaneSlicesLayout : KernelLayout
{
    public const int SliceRows = 64;
    public const int StepSlots = 4;
    public const int Window = 128;

    /// <summary>
    /// What a step of 256 bytes takes when its table lies in a near cache: 11.8 cycles on Zen 5, about 22 estimated for Intel's cores, where
    /// a byte permutation of two registers is three micro-operations. The price stands between.
    /// </summary>
    public const double StepCycles = 15.5;

    /// <summary>
    /// How much longer a byte takes than in layouts that wait for memory alone: the arithmetic hides behind it in part. Measured against windowed
    /// lane slices on Zen 5: 1000 x 4096 at 25 % takes 0.89 of their time with 0.75 of their bytes, 4096 x 4096 at 9 % 1.04 with 0.95.
    /// </summary>
    private const double ByteCost = 1.15;

    /// <summary>Window starts are 16-bit.</summary>
    private const int MostInputs = 65000;

    public override string Name => "DeltaLaneSlices";

    public override bool SkipsZeros => true;

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"delta-coded lane slices at {facts.DensityText} density: {plan.Rows} rows x {plan.Slots} nonzeros a step, a circular window of {plan.Window}, one byte for each";

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (tier is not (Tier.Avx512Vbmi or Tier.Avx512VbmiVnni) || facts.Input != EdgeForm.Codes || facts.Density >= 1 || facts.NibbleClusters == 0 || facts.Definition.Inputs > MostInputs)
        {
            yield break;
        }

        var slices = Layout.Tiles(facts.Definition.Outputs, SliceRows);
        var steps = Math.Max(slices, facts.Density * facts.Definition.Inputs * slices * SlotsPerNonzero(facts.Density) / StepSlots);
        var bytes = steps * SliceRows * StepSlots;
        yield return new KernelPlan(tier, Name, SliceRows, StepSlots, Window, 1)
        {
            Cycles = Layout.Clamp(Layout.Streamed(steps * StepCycles, bytes * ByteCost) + (slices * 20)),
        };
    }

    /// <summary>
    /// Slots that a nonzero needs, the empty rows of the last slice left out. Each 15 columns without one are a slot: (1 − d)^15 of them
    /// are. Waiting for the window and for the longest row of a slice comes to 1 + 0.17 · (1 − d)², a fit to schedules of random
    /// masks (50 %: 1.04, 25 %: 1.11, 9 %: 1.51, 4 %: 2.41), and nonzeros of one sign that 16 bits do not hold together to 2 %.
    /// </summary>
    internal static double SlotsPerNonzero(double density)
    {
        var empty = Math.Pow(1 - density, 15);
        return 1.02 * (1 + (empty / Math.Max(1e-6, 1 - empty))) * (1 + (0.17 * (1 - density) * (1 - density)));
    }
}
