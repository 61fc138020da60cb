using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// Pruned float weights that share up to 16 values, in slices of rows: each step takes one nonzero of every row out of a window of
/// activations that slides with the rows' progress. A 32-bit word holds the index of the activation and that of the centroid for
/// several steps of a row; permutations look both up.
/// </summary>
internal sealed partial class SparseSharedLayout : KernelLayout
{
    public override string Name => "SparseShared";

    public override bool SkipsZeros => true;

    public override bool IsScheduledBeforehand => true;

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"sparse shared floats at {facts.DensityText} density, slices of {plan.Rows} rows over a sliding window of {plan.Window} activations, 4-bit centroid indices";

    /// <summary>Steps that share a word: four of 4 + 4 bits for a window of 16, three of 5 + 4 for one of 32.</summary>
    public static int StepsOfWord(int window) => window == 16 ? 4 : 3;

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || facts.Density >= 1 || facts.Definition.Codebook is not { Clusters: <= DenseSharedLayout.MaximalClusters })
        {
            yield break;
        }

        // Measured on Zen 5 in nanoseconds a step, beside the rates that the prices of dense fp32 stand for: 0.46 for a window of 16 in
        // AVX-512, 0.79 for one of 32, whose loads touch three cache lines; 0.76 in AVX2.
        (int Rows, int Window, double Cycles)[] variants = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => [(16, 16, 2.6), (16, 32, 4.3)],
            Tier.AvxVnni or Tier.Avx2 => [(8, 16, 3.4)],
            _ => [],
        };

        foreach (var (rows, window, cycles) in variants)
        {
            var steps = Layout.ExpectedSteps(facts, rows, 1, window);
            var words = (steps / StepsOfWord(window)) + (0.5 * Layout.Tiles(facts.Definition.Outputs, rows));
            var bytes = sizeof(int) * ((words * rows) + steps);
            yield return new KernelPlan(tier, Name, rows, 1, window, 0)
            {
                Cycles = Layout.Clamp(Layout.StreamedFloats(facts, rows, words * StepsOfWord(window) * cycles, bytes) + (Layout.Tiles(facts.Definition.Outputs, rows) * (rows == 16 ? 24 : 8))),
            };
        }
    }
}
