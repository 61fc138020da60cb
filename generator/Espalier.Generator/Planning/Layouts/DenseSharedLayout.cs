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

    public override IEnumerable<KernelPlan> Candidates(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || facts.Definition.Codebook is not { Clusters: <= MaximalClusters } || Lanes(tier) == 4)
        {
            yield break;
        }

        yield return Priced(facts, tier, (4, 4), 4);
    }
}
