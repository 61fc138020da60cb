using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>All weights in fp32.</summary>
internal sealed partial class DenseFp32Layout : DenseFloatLayout
{
    public override string Name => "DenseFp32";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"dense fp32, {plan.Rows} outputs at a time";

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger)
        {
            yield break;
        }

        // Multiply-adds a cycle, measured on layers that stay in the first-level cache and on layers that stay in the second: there a
        // 512-bit kernel waits for its loads (Zen 5: 64 x 64 has 1.7 times the rate of 256 x 256, in AVX2 1.25 times).
        (double Near, double Far) perCycle = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (13.0, 8.0),
            Tier.AvxVnni or Tier.Avx2 => (8.8, 7.0),
            Tier.Ssse3 => (4.0, 4.0),
            Tier.Portable => (3.5, 3.5),

            // Estimated, not measured: four sums under way, each waiting four cycles.
            Tier.AdvSimd or Tier.AdvSimdDp => (4.0, 4.0),
            _ => (0.8, 0.8),
        };

        yield return Priced(facts, tier, perCycle, 32);
    }
}
