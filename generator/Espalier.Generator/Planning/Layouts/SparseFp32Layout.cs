using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// Pruned fp32 weights in slices of rows: each step takes one nonzero of every row out of a window of activations that slides
/// with the rows' progress. AVX-512 looks a window of 32 floats up with one permutation; elsewhere scalar loads fill the vector.
/// </summary>
internal sealed partial class SparseFp32Layout : KernelLayout
{
    public override string Name => "SparseFp32";

    public override bool IsScheduledBeforehand => true;

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"sparse fp32 at {facts.Density:P1} density, slices of {plan.Rows} rows over a sliding window of {plan.Window} activations";

    public override IEnumerable<KernelPlan> Candidates(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || facts.Density >= 1)
        {
            yield break;
        }

        // Windows wider than a vector's permutation cost nothing where scalar loads fill the vector; 256 is what a byte index spans.
        var (rows, window, cyclesPerStep) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (16, 32, 3.1),
            Tier.AvxVnni or Tier.Avx2 => (8, 256, 9.0),
            Tier.Ssse3 => (4, 256, 5.0),
            Tier.Portable => (4, 256, 5.5),

            // Estimated, not measured: eight scalar loads at three a cycle, and moving their values into one vector.
            Tier.AdvSimd or Tier.AdvSimdDp => (4, 256, 5.0),
            _ => (4, 256, 8.0),
        };

        var steps = Layout.ExpectedSteps(facts, rows, 1, window);
        yield return new KernelPlan(tier, Name, rows, 1, window, 0)
        {
            Cycles = Layout.Clamp((steps * cyclesPerStep) + (Layout.Tiles(facts.Definition.Outputs, rows) * 8)),
        };
    }
}
