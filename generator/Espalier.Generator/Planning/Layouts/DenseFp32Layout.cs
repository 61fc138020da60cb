using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>All weights in fp32: a tile of outputs is computed together, one input after the other.</summary>
internal sealed partial class DenseFp32Layout : KernelLayout
{
    public override string Name => "DenseFp32";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"dense fp32, {plan.Rows} outputs at a time";

    public override IEnumerable<KernelPlan> Candidates(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger)
        {
            yield break;
        }

        // Multiply-adds a cycle, measured on layers that stay in the second-level cache.
        var (lanes, perCycle) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (16, 8.0),
            Tier.AvxVnni or Tier.Avx2 => (8, 7.0),
            Tier.Ssse3 => (4, 4.0),
            Tier.Portable => (4, 3.5),

            // Estimated, not measured: four sums under way, each waiting four cycles.
            Tier.AdvSimd or Tier.AdvSimdDp => (4, 4.0),
            _ => (4, 0.8),
        };

        // Four accumulators hide the latency of a multiply-add; a layer narrower than the tile takes fewer.
        var vectors = Layout.VectorsFor(facts.Definition.Outputs, lanes, 4);
        var cycles = (long)facts.Definition.Inputs * facts.Definition.Outputs / perCycle;
        yield return new KernelPlan(tier, Name, lanes * vectors, 1, 0, 0) { Cycles = Layout.Clamp(cycles) };
    }
}
