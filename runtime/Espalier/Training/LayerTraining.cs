using System;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// One place of a model while it is trained: batches are rows of <see cref="InputStride"/> and <see cref="OutputStride"/> floats, padded with zeros. Images lie in a row channel by
/// channel, each row by row, as everywhere outside of kernels: what flattens them has nothing to move.
/// </summary>
internal abstract class LayerTraining(LayerDescription layer)
{
    public LayerDescription Layer { get; } = layer;

    /// <summary>Of the only tensor that enters, or of the first.</summary>
    public int InputStride { get; } = MatrixProduct.Padded(layer.Inputs);

    public int OutputStride { get; } = MatrixProduct.Padded(layer.Outputs);

    /// <summary>The precisions of activations and gradients.</summary>
    public virtual LayerRoles Roles => LayerRoles.None;

    /// <summary>Runs the layer's large products.</summary>
    public ThreadedProduct Products { get; set; } = new(1);

    /// <summary>The weights of inference by output, then input: those of a layer with batch normalisation have it folded in. Empty without weights.</summary>
    public virtual float[] CopyWeights() => [];

    /// <summary>The biases of inference; empty when the layer has none.</summary>
    public virtual float[] CopyBias() => [];

    /// <summary>Whether all that is trained is finite numbers.</summary>
    public virtual bool IsFinite => true;

    /// <summary>Whether the gradients of all that is trained are finite numbers.</summary>
    public virtual bool GradientsAreFinite => true;

    /// <summary>The sum of the squares of those gradients.</summary>
    public virtual double SquaredGradients => 0;

    /// <summary>What became of updates since the last call; nothing where weights have no grid.</summary>
    public virtual UpdateCounts TakeUpdateCounts() => default;

    /// <summary>Sums before the activation.</summary>
    /// <param name="batch">Rows.</param>
    /// <param name="inputs">What enters, one tensor for each source.</param>
    /// <param name="sums">What leaves.</param>
    /// <param name="learns">Whether a backward pass may follow; otherwise the pass is one of inference.</param>
    public abstract void Forward(int batch, AlignedMemory[] inputs, Span<float> sums, bool learns);

    /// <summary>Gradients of all that is trained, and of what entered.</summary>
    /// <param name="batch">Rows.</param>
    /// <param name="inputs">What entered the last forward pass.</param>
    /// <param name="sumsGradient">The gradient of what left.</param>
    /// <param name="inputGradients">Takes the gradient of each tensor that entered; null where none is wanted.</param>
    public abstract void Backward(int batch, AlignedMemory[] inputs, ReadOnlySpan<float> sumsGradient, AlignedMemory?[] inputGradients);

    /// <summary>One step of the optimizer, under masks and codebooks, on the weights' grid where there are no master weights.</summary>
    public virtual void Update(float rate, float decay, float lossScaling)
    {
    }

    /// <summary>Saves all that later steps depend on, or puts it back.</summary>
    public virtual void Visit(StateStream state)
    {
    }

    /// <summary>Saves weights, biases and centroids, or puts them back.</summary>
    public virtual void VisitParameters(StateStream state)
    {
    }
}
