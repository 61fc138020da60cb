using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// All weights of a float layer as 4-bit indices into a codebook of up to 16 floats that stays in registers: an eighth of fp32's bytes.
/// Needs a permutation of floats by indices in registers, which 128-bit instruction sets do not have.
/// </summary>
internal sealed partial class DenseSharedLayout : DenseFloatLayout
{
    /// <summary>Centroids that a 4-bit index tells apart, 0 included.</summary>
    public const int MaximalClusters = 16;

    public override string Name => "DenseShared";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"dense weights as 4-bit indices of shared floats, {plan.Rows} outputs at a time";

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || facts.Definition.Codebook is not { Clusters: <= MaximalClusters } || Lanes(tier) == 4)
        {
            yield break;
        }

        // A shift, a permutation and a multiply-add for 16 weights; in 256 bits two of each, and a blend. Measured on Zen 5 in ratios to
        // DenseFp32, for 64 x 64, 256 x 256, 784 x 300, 1024 x 1024 and 4096 x 4096: 0.77, 1.4, 1.5, 2.6 and 5.4 in AVX-512, 0.49, 0.57,
        // 0.63, 0.77 and 1.9 in AVX2. Intel's cores start two 512-bit instructions a cycle, so 10.7 there.
        yield return Priced(facts, tier, Lanes(tier) == 16 ? (10.0, 10.5) : (4.3, 4.4), 4);
    }
}
