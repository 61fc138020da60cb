using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// Pruned fp32 weights in slices of rows: each step takes one nonzero of every row out of a window of activations that slides with the
/// rows' progress. Where floats can be permuted by indices in registers, one or two instructions look a window of 16 or 32 up; scalar
/// loads fill the vector elsewhere, and where nonzeros are so rare that only a wide window holds enough of them.
/// </summary>
internal sealed partial class SparseFp32Layout : KernelLayout
{
    public override string Name => "SparseFp32";

    public override bool SkipsZeros => true;

    public override bool IsScheduledBeforehand => true;

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"sparse fp32 at {facts.DensityText} density, slices of {plan.Rows} rows over a sliding window of {plan.Window} activations";

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || facts.Density >= 1)
        {
            yield break;
        }

        // Windows wider than a vector's permutation cost nothing where scalar loads fill the vector; 256 is what a byte index spans.
        // AVX-512 and AVX2 are measured on Zen 5: 0.85 ns for a step in a window of 32 and 0.6 in one of 16, and in AVX2 1.5 with scalar
        // loads and 0.6 with two permutations and a blend, whose small window pays from 3 % density on.
        (int Rows, int Window, double Cycles)[] variants = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => [(16, 32, 4.3), (16, 16, 2.95)],
            Tier.AvxVnni or Tier.Avx2 => [(8, 256, 7.0), (8, 16, 2.9)],
            Tier.Ssse3 => [(4, 256, 5.0)],
            Tier.Portable => [(4, 256, 5.5)],

            // Estimated, not measured: eight scalar loads at three a cycle, and moving their values into one vector.
            Tier.AdvSimd or Tier.AdvSimdDp => [(4, 256, 5.0)],
            _ => [(4, 256, 8.0)],
        };

        foreach (var (rows, window, cycles) in variants)
        {
            var steps = Layout.ExpectedSteps(facts, rows, 1, window);
            var bytes = steps * ((rows * (sizeof(float) + sizeof(byte))) + sizeof(int));
            yield return new KernelPlan(tier, Name, rows, 1, window, 0)
            {
                Cycles = Layout.Clamp(Layout.StreamedFloats(facts, rows, steps * cycles, bytes) + (Layout.Tiles(facts.Definition.Outputs, rows) * (rows == 16 ? 24 : 8))),
            };
        }
    }

    /// <summary>Whether a permutation looks activations up; wider windows are for scalar loads.</summary>
    private static bool IsPermuted(KernelPlan plan) => plan.Window <= 32;
}
