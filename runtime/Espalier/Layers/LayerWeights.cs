using System;

namespace Espalier;

/// <summary>The immutable weights of one place in a model. Float layers have <see cref="FloatLayerWeights"/>, integer layers <see cref="IntegerLayerWeights"/>.</summary>
public abstract class LayerWeights
{
    private protected LayerWeights(LayerDescription layer, float[] bias)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(bias);
        if (bias.Length != (layer.Bias ? layer.Outputs : 0))
        {
            throw new ArgumentException($"Layer {layer.Path} needs {(layer.Bias ? layer.Outputs : 0)} biases, but was given {bias.Length}.", nameof(bias));
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

    /// <summary>One bias per output, in the layer's own units; empty when the layer has none.</summary>
    public ReadOnlySpan<float> Bias => BiasArray;

    /// <summary>Weights that are not zero.</summary>
    public abstract int Nonzeros { get; }

    /// <summary>Nonzero weights over all weights.</summary>
    public double Density => (double)Nonzeros / ((long)Layer.Inputs * Layer.Outputs);

    /// <summary>The weight from one input to one output as a number.</summary>
    public abstract float Weight(int output, int input);

    internal float[] BiasArray { get; }

    private protected static void CheckCount(LayerDescription layer, int given)
    {
        var needed = (long)layer.Inputs * layer.Outputs;
        if (given != needed)
        {
            throw new ArgumentException($"Layer {layer.Path} of shape ({layer.Inputs}, {layer.Outputs}) needs {needed} weights, but was given {given}.");
        }
    }
}
