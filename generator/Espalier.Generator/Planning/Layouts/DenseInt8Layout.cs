using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// All weights as signed bytes: one step multiplies four unsigned activations with four weights of each output, adds pairs in
/// 16 bits and, after <see cref="KernelPlan.Depth"/> steps, widens to 32 bits; with VNNI it adds to 32-bit sums at once.
/// </summary>
internal sealed partial class DenseInt8Layout : DenseIntegerLayout
{
    // Products a cycle by depth, of weights in the first-level cache and of weights in the second: there the width of the loads
    // decides, and 512-bit additions in 16 bits are as quick as 256-bit VNNI. Measured on Emerald Rapids: 64 x 128 and 300 x 100
    // for the first, 784 x 300 for the second. From the third-level cache all forms get the same bytes a cycle.
    private static readonly (double Near, double Far)[] s_rates512 = [(40, 40), (51, 42), (54, 42)];

    private static readonly (double Near, double Far)[] s_rates256 = [(29, 26), (35, 30), (38, 31)];

    private static readonly (double Near, double Far)[] s_rates128 = [(14.5, 14), (18, 17), (20, 18.5)];

    private static readonly (double Near, double Far)[] s_ratesPortable = [(3.8, 3.8), (4.5, 4.5), (4.9, 4.9)];

    private static readonly (double Near, double Far)[] s_ratesScalar = [(0.8, 0.8)];

    // By vectors of a tile.
    private static readonly (double Near, double Far)[] s_ratesVnni = [(42, 28), (57, 30.5), (61, 35.5), (62, 36.5), (57, 36.5), (63, 38)];

    // By vectors of a tile, estimated and not measured: a dot product needs its own load of weights, and a step one of activations for
    // all of them, at two to three loads a cycle; without dot products four instructions a vector fill the four vector pipes.
    private static readonly (double Near, double Far)[] s_ratesDp = [(20, 18), (27, 22), (30, 24), (32, 26), (33, 26), (34, 26)];

    private static readonly (double Near, double Far)[] s_ratesAdvSimd = [(9, 9), (11, 11), (12, 12), (12, 12), (12, 12), (12, 12)];

    public override string Name => "DenseInt8";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"dense int8{(facts.Definition.Codebook is { Clusters: > 16 } codebook ? $" ({codebook.Clusters} centroids are too many for one byte look-up)" : "")}, {plan.Rows} outputs at a time, " + (plan.Depth == 0 ? "products added to 32-bit sums at once" : $"16-bit sums widened every {plan.Depth} step(s)");

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (!facts.Definition.IsInteger)
        {
            yield break;
        }

        if (tier == Tier.Avx512VbmiVnni || tier.AddsProductsIn32Bits())
        {
            yield return Accumulating(facts, tier);
        }

        if (tier.AddsProductsIn32Bits())
        {
            yield break;
        }

        var (lanes, rates) = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => (16, s_rates512),
            Tier.Avx2 => (8, s_rates256),
            Tier.Ssse3 => (4, s_rates128),
            Tier.Portable => (4, s_ratesPortable),
            _ => (4, s_ratesScalar),
        };

        var depth = PlannedDepth(facts);
        var vectors = Layout.VectorsFor(facts.Definition.Outputs, lanes, MostVectors(facts, lanes));
        yield return Priced(facts, new KernelPlan(tier, Name, lanes * vectors, StepInputs, 0, depth), vectors, rates[Math.Min(depth, rates.Length) - 1], 8);
    }

    /// <summary>
    /// 256-bit VNNI, 128 bits of Arm: of all tiles the one that is quickest with the outputs it computes too many. More than six vectors
    /// gain nothing, as the kernel has up to twelve sums under way at any width.
    /// </summary>
    private KernelPlan Accumulating(LayerFacts facts, Tier tier)
    {
        var (lanes, rates) = tier switch
        {
            Tier.AdvSimdDp => (4, s_ratesDp),
            Tier.AdvSimd => (4, s_ratesAdvSimd),
            _ => (8, s_ratesVnni),
        };

        return Enumerable.Range(1, rates.Length).Reverse()
            .Select(vectors => Priced(facts, new KernelPlan(tier, Name, lanes * vectors, StepInputs, 0, 0), vectors, rates[vectors - 1], 8))
            .OrderBy(plan => plan.Cycles)
            .First();
    }
}
