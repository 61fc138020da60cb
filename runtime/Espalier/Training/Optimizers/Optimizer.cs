using System;

namespace Espalier;

/// <summary>A way to make steps of gradients. One class per strategy.</summary>
public abstract record Optimizer
{
    /// <summary>The memory that one array of parameters needs.</summary>
    internal abstract ParameterSteps For(int length);
}

/// <summary>The memory of an optimizer for one array of parameters.</summary>
internal abstract class ParameterSteps
{
    /// <summary>Moves parameters against their gradients.</summary>
    public abstract void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float rate);

    /// <summary>Saves what is remembered between steps, or puts it back.</summary>
    public abstract void Visit(StateStream state);
}
