using System;
using Espalier.Kernels;

namespace Espalier;

/// <summary>A layer that one tensor enters.</summary>
internal abstract class OneInputTraining(LayerDescription layer) : LayerTraining(layer)
{
    public sealed override void Forward(int batch, AlignedMemory[] inputs, Span<float> sums, bool learns) => Forward(batch, inputs[0].As<float>(), sums, learns);

    public sealed override void Backward(int batch, AlignedMemory[] inputs, ReadOnlySpan<float> sumsGradient, AlignedMemory?[] inputGradients) =>
        Backward(batch, inputs[0].As<float>(), sumsGradient, inputGradients[0] is { } gradient ? gradient.As<float>() : default);

    /// <inheritdoc cref="LayerTraining.Forward"/>
    protected abstract void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums, bool learns);

    /// <inheritdoc cref="LayerTraining.Backward"/>
    /// <param name="batch">Rows.</param>
    /// <param name="input">What entered the last forward pass.</param>
    /// <param name="sumsGradient">The gradient of what left.</param>
    /// <param name="inputGradient">Takes the gradient of what entered; empty where it is not wanted.</param>
    protected abstract void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient);
}
