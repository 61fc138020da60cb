using System;

namespace Espalier;

/// <summary>The immutable weights of one place in a model. Float layers have <see cref="FloatLayerWeights"/>, integer layers <see cref="IntegerLayerWeights"/>.</summary>
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

    /// <summary>One bias per row of the matrix of weights, in the layer's own units; empty when the layer has none.</summary>
    public ReadOnlySpan<float> Bias => BiasArray;

    /// <summary>Weights that are not zero.</summary>
    public abstract int Nonzeros { get; }

    /// <summary>Nonzero weights over all weights.</summary>
    public double Density => (double)Nonzeros / ((long)Rows * Columns);

    /// <summary>The weight of one row and column of the matrix as a number: of an output and an input where the layer is dense.</summary>
    public abstract float Weight(int output, int input);

    internal float[] BiasArray { get; }

    /// <summary>Rows of the matrix of weights.</summary>
    internal int Rows { get; }

    /// <summary>Columns of the matrix of weights.</summary>
    internal int Columns { get; }

    private protected static void CheckCount(LayerDescription layer, int given)
    {
        var needed = (long)layer.WeightRows * layer.WeightColumns;
        if (given != needed)
        {
            throw new ArgumentException($"Layer {layer.Path} of shape ({layer.WeightColumns}, {layer.WeightRows}) needs {needed} weights, but was given {given}.");
        }
    }
}
