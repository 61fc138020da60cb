using System;
using System.Collections.Generic;

namespace Espalier;

/// <summary>
/// Takes weights away that lead nowhere. A neuron that nothing reads needs no weights of its own; one that nothing enters gives
/// activation(bias) whatever the input, and an input that never changes its one value: both move into the biases behind them.
/// </summary>
internal static class DeadNeurons
{
    /// <summary>Extends masks until nothing dead is left.</summary>
    /// <param name="layers">The chain.</param>
    /// <param name="kept">For each layer which of its weights stay, in its own order and padding included; null where all do.</param>
    /// <param name="constants">For each input of the model its value if it has one only, NaN otherwise; empty where none is known.</param>
    public static void Remove(IReadOnlyList<WeightedTraining> layers, IReadOnlyList<bool[]?> kept, ReadOnlySpan<float> constants)
    {
        FoldInputs(layers[0], kept[0], constants);

        // Forward first: what a constant neuron no longer reads may leave those before it unread.
        for (var i = 0; i + 1 < layers.Count; i++)
        {
            if (kept[i] is { } into && kept[i + 1] is { } outOf)
            {
                FoldConstants(layers[i], into, layers[i + 1], outOf);
            }
        }

        for (var i = layers.Count - 2; i >= 0; i--)
        {
            if (kept[i] is { } into && kept[i + 1] is { } outOf)
            {
                DropUnread(layers[i], into, layers[i + 1], outOf);
            }
        }
    }

    private static void FoldInputs(WeightedTraining layer, bool[]? kept, ReadOnlySpan<float> constants)
    {
        for (var input = 0; kept is not null && input < constants.Length; input++)
        {
            if (!float.IsNaN(constants[input]))
            {
                Fold(layer, kept, input, constants[input]);
            }
        }
    }

    private static void FoldConstants(WeightedTraining layer, bool[] into, WeightedTraining next, bool[] outOf)
    {
        var entered = new bool[layer.WeightStride];
        for (var i = 0; i < into.Length; i++)
        {
            entered[i % entered.Length] |= into[i];
        }

        for (var neuron = 0; neuron < layer.Rows; neuron++)
        {
            if (!entered[neuron])
            {
                Span<float> value = [layer.Biases[neuron]];
                Activations.Apply(layer.Layer.Activation, value);
                Fold(next, outOf, neuron, value[0]);
            }
        }
    }

    /// <summary>Moves the effect of an input of one value, also by weights that the new mask takes, into the biases; where there are none, only an input that is 0 can go.</summary>
    private static void Fold(WeightedTraining layer, bool[] kept, int input, float value)
    {
        if (value != 0 && !layer.Layer.Bias)
        {
            return;
        }

        var weights = layer.Constraints.Weights.Slice(input * layer.WeightStride, layer.WeightStride);
        var row = kept.AsSpan(input * layer.WeightStride, layer.WeightStride);
        row.Clear();
        for (var output = 0; output < weights.Length && value != 0; output++)
        {
            layer.Biases[output] += weights[output] * value;
        }
    }

    private static void DropUnread(WeightedTraining layer, bool[] into, WeightedTraining next, bool[] outOf)
    {
        for (var neuron = 0; neuron < layer.Rows; neuron++)
        {
            if (outOf.AsSpan(neuron * next.WeightStride, next.WeightStride).Contains(true))
            {
                continue;
            }

            layer.Biases[neuron] = 0;
            for (var i = neuron; i < into.Length; i += layer.WeightStride)
            {
                into[i] = false;
            }
        }
    }
}
