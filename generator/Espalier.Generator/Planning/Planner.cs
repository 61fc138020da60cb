using System.Linq;

namespace Espalier.Planning;

/// <summary>Chooses a kernel for each layer and tier: pure functions of values, the same in the compiler and in a running program.</summary>
internal static class Planner
{
    /// <summary>Rises whenever equal facts would get another plan; manifests record it.</summary>
    public const int Version = 9;

    /// <summary>Every tier that has a plan of its own.</summary>
    public static readonly Tier[] Tiers =
    {
        Tier.Scalar, Tier.Portable, Tier.Ssse3, Tier.Avx2, Tier.AvxVnni, Tier.Avx512, Tier.Avx512Vbmi, Tier.Avx512VbmiVnni, Tier.AdvSimd, Tier.AdvSimdDp,
    };

    /// <summary>The plan of one layer: on each tier the cheapest candidate of all layouts. Layers without weights have no kernels.</summary>
    public static LayerPlan Plan(LayerFacts facts) =>
        new(facts, facts.Definition.HasWeights ? Tiers.Select(tier => Plan(facts, tier)).ToEquatableArray() : EquatableArray<KernelPlan>.Empty);

    /// <summary>The plan of one layer on one tier.</summary>
    public static KernelPlan Plan(LayerFacts facts, Tier tier)
    {
        var candidates = KernelLayouts.All.SelectMany(layout => layout.Candidates(facts, tier)).OrderBy(plan => plan.Cycles).ToArray();
        var best = candidates[0];
        var other = candidates.FirstOrDefault(plan => plan.Layout != best.Layout);
        var sentence = KernelLayouts.Find(best.Layout).Sentence(facts, best);
        var against = other is null
            ? "no other layout fits"
            : $"about {best.Cycles} cycles against {other.Cycles} for {other.Layout}";
        return best with { Why = $"{sentence}; {against}" };
    }
}
