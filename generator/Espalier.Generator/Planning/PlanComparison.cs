using System.Linq;

namespace Espalier.Planning;

/// <summary>A kernel that was recorded by an older planner and the better one that this planner chooses, both at this planner's prices.</summary>
internal sealed record BetterKernel(KernelPlan Recorded, int RecordedCycles, KernelPlan Chosen)
{
    /// <summary>How many times fewer cycles.</summary>
    public double Gain => (double)RecordedCycles / System.Math.Max(1, Chosen.Cycles);
}

/// <summary>Holds recorded kernels against fresh plans.</summary>
internal static class PlanComparison
{
    /// <summary>Of all kernels of a layer that this planner betters, the one that gains most; null when it betters none.</summary>
    public static BetterKernel? BestGain(LayerFacts facts, EquatableArray<KernelPlan> recorded)
    {
        BetterKernel? best = null;
        foreach (var old in recorded.Where(kernel => Planner.Tiers.Contains(kernel.Tier)))
        {
            var chosen = Planner.Plan(facts, old.Tier);
            if (chosen.Shape == old.Shape)
            {
                continue;
            }

            var better = new BetterKernel(old, PriceNow(facts, old), chosen);
            if (better.RecordedCycles > chosen.Cycles && (best is null || better.Gain > best.Gain))
            {
                best = better;
            }
        }

        return best;
    }

    /// <summary>The older planner may have had other prices, so both kernels are priced today; what is no longer offered keeps the price that it was chosen at.</summary>
    private static int PriceNow(LayerFacts facts, KernelPlan old) =>
        KernelLayouts.Find(old.Layout).Candidates(facts, old.Tier).FirstOrDefault(candidate => candidate.Shape == old.Shape)?.Cycles ?? old.Cycles;
}
