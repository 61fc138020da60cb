using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>One place of a model while it is trained: batches are rows of <see cref="InputStride"/> and <see cref="OutputStride"/> floats, padded with zeros.</summary>
internal abstract class LayerTraining(LayerDescription layer)
{
    public LayerDescription Layer { get; } = layer;

    public int InputStride { get; } = MatrixProduct.Padded(layer.Inputs);

    public int OutputStride { get; } = MatrixProduct.Padded(layer.Outputs);

    /// <summary>The precisions of activations and gradients.</summary>
    public abstract LayerRoles Roles { get; }

    /// <summary>The distance of two points of the grid that weights live on without master weights, where that is one number; else null.</summary>
    public virtual float? WeightStep => null;

    /// <summary>Runs the layer's large products.</summary>
    public ThreadedProduct Products { get; set; } = new(1);

    /// <summary>Which weights take part and which share a value.</summary>
    public abstract WeightConstraints Constraints { get; }

    /// <summary>The biases, padding included; zeros that stay so when the layer has none.</summary>
    public abstract Span<float> Biases { get; }

    /// <summary>The weights in the layer's own order, by input, then padded output: quantization-aware training puts rounded ones in their place for a batch.</summary>
    public abstract Span<float> Parameters { get; }

    /// <summary>A copy of the weights by output, then input.</summary>
    public abstract float[] CopyWeights();

    /// <summary>A copy of the biases; empty when the layer has none.</summary>
    public abstract float[] CopyBias();

    /// <summary>Whether all weights and biases are finite numbers.</summary>
    public abstract bool IsFinite { get; }

    /// <summary>Whether the gradients of weights and biases are finite numbers.</summary>
    public abstract bool GradientsAreFinite { get; }

    /// <summary>What became of updates since the last call; nothing where weights have no grid.</summary>
    public abstract UpdateCounts TakeUpdateCounts();

    /// <summary>Sums before the activation.</summary>
    public abstract void Forward(int batch, ReadOnlySpan<float> input, Span<float> sums);

    /// <summary>Gradients of weights and biases, and of the inputs unless <paramref name="inputGradient"/> is empty.</summary>
    public abstract void Backward(int batch, ReadOnlySpan<float> input, ReadOnlySpan<float> sumsGradient, Span<float> inputGradient);

    /// <summary>One step of the optimizer, under masks and codebooks, on the weights' grid where there are no master weights.</summary>
    public abstract void Update(float rate, float decay, float lossScaling);

    /// <summary>Saves all that later steps depend on, or puts it back.</summary>
    public abstract void Visit(StateStream state);

    /// <summary>Saves weights, biases and centroids, or puts them back.</summary>
    public abstract void VisitParameters(StateStream state);
}
