using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Manifests;

/// <summary>Takes a layer's kernels from its manifest, so that a build emits what the trainer planned and reported.</summary>
internal static class RecordedPlans
{
    /// <summary>The recorded plan; a fresh one when another planner recorded it or when it is none that this planner could have made.</summary>
    public static LayerPlan PlanOf(LayerFacts facts, ManifestLayer recorded, int plannerVersion) =>
        plannerVersion == Planner.Version
        && recorded.Kernels.Select(kernel => kernel.Tier).SequenceEqual(Planner.Tiers)
        && recorded.Kernels.All(kernel => IsCandidate(facts, kernel))
            ? new LayerPlan(facts, recorded.Kernels)
            : Planner.Plan(facts);

    // A manifest is text that anyone can edit: its numbers become loops only when the planner would have offered them.
    private static bool IsCandidate(LayerFacts facts, KernelPlan kernel) =>
        KernelLayouts.Find(kernel.Layout).Candidates(facts, kernel.Tier).Any(candidate => candidate.Shape == kernel.Shape);
}
