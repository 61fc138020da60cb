using System;

namespace Espalier;

/// <summary>How layers with <c>[Prune]</c> are pruned. Sparsity and schedule of each layer come from its attribute.</summary>
public sealed record PruningOptions
{
    /// <summary>Among which weights the smallest are looked for; what <c>[Train]</c> says where this is null, and within each layer where that says nothing.</summary>
    public PruningScope? Scope { get; init; }

    /// <summary>
    /// Whether pruned weights may return (Guo et al., 2016): a copy of all weights goes on learning from the gradients at the pruned
    /// ones, and every new mask is made from the copy.
    /// </summary>
    public bool Splicing { get; init; }

    /// <summary>The share of their gradients, 0 to 1, that pruned weights learn from while they may return: with all of it many return at once and overshoot.</summary>
    public double ReturnRate { get; init; } = 0.1;

    /// <summary>
    /// Whether a weight's square is held against the bits that its place takes instead of counting alone: a weight in a full row and
    /// a full column is cheap to code, a lonely one dear. Leaves fewer neurons and inputs alive.
    /// </summary>
    public bool WeighPlaces { get; init; }

    /// <summary>
    /// Whether weights that lead nowhere go too: those into neurons that nothing reads, and those out of neurons and inputs that never
    /// change, whose effect moves into the biases. Layers may then end above their sparsity, so it is off unless set.
    /// </summary>
    public bool RemoveDead { get; init; }

    /// <summary>How often in an epoch masks are made anew, 1 or more.</summary>
    public int MasksPerEpoch { get; init; } = 4;

    /// <summary>The part of the stage over which gradual schedules reach their sparsity, above 0 and up to 1; the rest retrains.</summary>
    public double Ramp { get; init; } = 0.7;

    internal PruningOptions Resolve(TrainingDescription defaults) => this with { Scope = Scope ?? defaults.PruningScope ?? PruningScope.PerLayer };

    internal void Validate()
    {
        if (MasksPerEpoch < 1)
        {
            throw new ArgumentException($"MasksPerEpoch is {MasksPerEpoch}; masks are made once an epoch at least.");
        }

        if (ReturnRate is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"ReturnRate is {ReturnRate}; it is a share from 0 to 1.");
        }

        if (Ramp is not (> 0 and <= 1))
        {
            throw new ArgumentException($"Ramp is {Ramp}; it is a part of the stage above 0 and up to 1.");
        }

        if (Scope is { } scope && !Enum.IsDefined(scope))
        {
            throw new ArgumentException($"Scope is {Scope}, from the options or else from [Train(PruningScope = …)]; it is {nameof(PruningScope.PerLayer)} or {nameof(PruningScope.Global)}.");
        }
    }
}

/// <summary>Among which weights the smallest are looked for.</summary>
public enum PruningScope
{
    /// <summary>Within each layer, which ends with exactly its sparsity.</summary>
    PerLayer = 0,

    /// <summary>Within all pruned layers together: as many are removed as their attributes sum up to, wherever they are smallest. Layers that are pruned in groups keep their own number.</summary>
    Global = 1,
}
