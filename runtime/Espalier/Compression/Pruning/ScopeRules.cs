using System.Collections.Generic;
using System.Linq;

namespace Espalier;

/// <summary>One way to choose among the weights of several layers.</summary>
internal abstract class ScopeRule(PruningScope scope)
{
    public static IReadOnlyList<ScopeRule> All { get; } = [new LayerScopeRule(), new GlobalScopeRule()];

    public PruningScope Scope { get; } = scope;

    public static ScopeRule Of(PruningScope scope) => All.First(rule => rule.Scope == scope);

    /// <summary>Marks which weights of each layer stay.</summary>
    /// <param name="scores">For each layer the worth of its weights, not negative; those of 0 never stay.</param>
    /// <param name="keep">For each layer how many its own sparsity leaves.</param>
    public abstract bool[][] Choose(IReadOnlyList<float[]> scores, IReadOnlyList<int> keep);
}

/// <summary>Within each layer.</summary>
internal sealed class LayerScopeRule() : ScopeRule(PruningScope.PerLayer)
{
    public override bool[][] Choose(IReadOnlyList<float[]> scores, IReadOnlyList<int> keep) =>
        [.. scores.Select((layer, i) => LargestScores.Mark([layer], keep[i])[0])];
}

/// <summary>Within all layers together.</summary>
internal sealed class GlobalScopeRule() : ScopeRule(PruningScope.Global)
{
    public override bool[][] Choose(IReadOnlyList<float[]> scores, IReadOnlyList<int> keep) => LargestScores.Mark(scores, keep.Sum());
}
