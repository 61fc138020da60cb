using System;

namespace Espalier;

/// <summary>The immutable weights of one place in a model. Float layers have <see cref="FloatLayerWeights"/>, integer layers <see cref="IntegerLayerWeights"/>, pools, sums and the like <see cref="WeightlessLayerWeights"/>.</summary>
public abstract class LayerWeights
{
    private protected LayerWeights(LayerDescription layer, float[] bias)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(bias);
        (Rows, Columns) = (layer.WeightRows, layer.WeightColumns);
        if (bias.Length != (layer.Bias ? Rows : 0))
        {
            throw new ArgumentException($"Layer {layer.Path} needs {(layer.Bias ? Rows : 0)} biases, but was given {bias.Length}.", nameof(bias));
        }

        foreach (var value in bias)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException($"Layer {layer.Path} was given a bias that is not a finite number.", nameof(bias));
            }
        }

        Layer = layer;
        BiasArray = bias;
    }

    /// <summary>The place that these weights belong to.</summary>
    public LayerDescription Layer { get; }

    /// <summary>One bias per output or output channel, in the layer's own units; empty when the layer has none.</summary>
    public ReadOnlySpan<float> Bias => BiasArray;

    /// <summary>Weights that are not zero.</summary>
    public abstract int Nonzeros { get; }

    /// <summary>Nonzero weights over all weights; 1 where there are none.</summary>
    public double Density => Count == 0 ? 1 : (double)Nonzeros / Count;

    /// <summary>One weight as a number.</summary>
    /// <param name="row">The output or output channel.</param>
    /// <param name="column">The input, or the place of a convolution's window: input channel of the group, row, column.</param>
    public abstract float Weight(int row, int column);

    /// <summary>Rows of the matrix of weights, kept: the description computes them anew.</summary>
    internal int Rows { get; }

    /// <summary>Columns of the matrix of weights.</summary>
    internal int Columns { get; }

    /// <summary>Weights in all.</summary>
    internal long Count => (long)Rows * Columns;

    internal float[] BiasArray { get; }

    private protected static void CheckHasWeights(LayerDescription layer)
    {
        if (!layer.HasWeights)
        {
            throw new ArgumentException($"Layer {layer.Path} is a {layer.Kind}, which has no weights, and takes WeightlessLayerWeights.", nameof(layer));
        }
    }

    private protected void CheckCount(int given)
    {
        if (given != Count)
        {
            throw new ArgumentException($"Layer {Layer.Path} of shape ({(Layer.OutputShape.IsImage || Layer.InputShape.IsImage ? $"{Layer.InputShape}, {Layer.OutputShape}" : $"{Layer.Inputs}, {Layer.Outputs}")}) needs {Count} weights, but was given {given}.");
        }
    }
}
