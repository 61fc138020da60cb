using System;
using System.Linq;

namespace Espalier;

/// <summary>
/// Takes weights away that lead nowhere, whatever stands between two layers. A neuron or channel that nothing reads needs no weights of its own; one that nothing enters gives
/// activation(bias) whatever the input, and an input that never changes its one value: both move into the biases behind them.
/// </summary>
internal sealed class DeadNeurons
{
    private readonly NetworkTraining _network;
    private readonly bool[]?[] _kept;

    /// <summary>By tensor, the model's input first: each number's value if it has one only, else NaN.</summary>
    private readonly float[][] _constants;

    private DeadNeurons(NetworkTraining network, bool[]?[] kept, ReadOnlySpan<float> constants)
    {
        (_network, _kept) = (network, kept);
        _constants = new float[network.Layers.Length + 1][];
        _constants[0] = new float[network.Model.Inputs];
        Array.Fill(_constants[0], float.NaN);
        constants.CopyTo(_constants[0]);
    }

    /// <summary>Extends masks until nothing dead is left.</summary>
    /// <param name="network">The network.</param>
    /// <param name="kept">For each layer with weights which of them stay, in its own order and padding included; null where all do.</param>
    /// <param name="constants">For each input of the model its value if it has one only, NaN otherwise; empty where none is known.</param>
    public static void Remove(NetworkTraining network, bool[]?[] kept, ReadOnlySpan<float> constants)
    {
        var all = new bool[]?[network.Layers.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            all[Array.IndexOf(network.Layers, network.Weighted[i])] = kept[i];
        }

        var dead = new DeadNeurons(network, all, constants);

        // Forward first: what a constant neuron no longer reads may leave those before it unread.
        dead.FoldConstants();
        dead.DropUnread();
    }

    private void FoldConstants()
    {
        for (var i = 0; i < _network.Layers.Length; i++)
        {
            var description = _network.Layers[i].Layer;
            var inputs = _network.Model.SourcesOf(i).Select(source => _constants[source + 1]).ToArray();
            var sums = _network.Layers[i] is WeightedTraining layer ? Fold(layer, _kept[i], inputs[0]) : ConstantChannels.Sums(description, inputs);
            foreach (ref var value in sums.AsSpan())
            {
                if (!float.IsNaN(value) && description.Activation != Activation.Softmax)
                {
                    Activations.Apply(description.Activation, new Span<float>(ref value));
                }
            }

            _constants[i + 1] = sums;
        }
    }

    /// <summary>Moves what never changes into the biases; gives the layer's own constants.</summary>
    private static float[] Fold(WeightedTraining layer, bool[]? kept, ReadOnlySpan<float> inputs)
    {
        for (var block = 0; kept is not null && block < inputs.Length / layer.NumbersOfBlock; block++)
        {
            var value = ConstantChannels.Uniform(inputs.Slice(block * layer.NumbersOfBlock, layer.NumbersOfBlock));

            // With zeros around it a channel is the same everywhere only if it is 0; and a mean that batches are freed of would take a bias with it.
            if (value == 0 || (!float.IsNaN(value) && layer is { Layer.Bias: true, AddsZeros: false, BatchNorm: null }))
            {
                Fold(layer, kept, block, value);
            }
        }

        var sums = new float[layer.Layer.Outputs];
        Array.Fill(sums, float.NaN);
        var pixels = sums.Length / layer.Rows;
        for (var row = 0; row < layer.Rows && kept is not null && layer.BatchNorm is null; row++)
        {
            if (!IsEntered(layer, kept, row))
            {
                sums.AsSpan(row * pixels, pixels).Fill(layer.Biases[row]);
            }
        }

        return sums;
    }

    /// <summary>Moves the effect of a block of one value, also by weights that the new mask takes, into the biases.</summary>
    private static void Fold(WeightedTraining layer, bool[] kept, int block, float value)
    {
        var (first, end) = RowsOf(layer, block);
        for (var at = 0; at < layer.ColumnsOfBlock; at++)
        {
            var start = ColumnOf(layer, block, at) * layer.WeightStride;
            for (var row = first; row < end; row++)
            {
                kept[start + row] = false;
                layer.Biases[row] += value == 0 ? 0 : layer.Constraints.Weights[start + row] * value;
            }
        }
    }

    private void DropUnread()
    {
        var read = Array.ConvertAll(_constants, tensor => new bool[tensor.Length]);
        read[^1].AsSpan().Fill(true);
        for (var i = _network.Layers.Length - 1; i >= 0; i--)
        {
            var sources = _network.Model.SourcesOf(i).Select(source => read[source + 1]).ToArray();
            if (_network.Layers[i] is not WeightedTraining layer)
            {
                ConstantChannels.Read(_network.Layers[i].Layer, read[i + 1], sources);
                continue;
            }

            if (_kept[i] is { } kept)
            {
                Drop(layer, kept, read[i + 1]);
            }

            for (var block = 0; block < sources[0].Length / layer.NumbersOfBlock; block++)
            {
                if (_kept[i] is null || IsRead(layer, _kept[i]!, block))
                {
                    sources[0].AsSpan(block * layer.NumbersOfBlock, layer.NumbersOfBlock).Fill(true);
                }
            }
        }
    }

    private static void Drop(WeightedTraining layer, bool[] kept, ReadOnlySpan<bool> read)
    {
        var pixels = read.Length / layer.Rows;
        for (var row = 0; row < layer.Rows; row++)
        {
            if (!read.Slice(row * pixels, pixels).Contains(true))
            {
                layer.Biases[row] = 0;
                for (var i = row; i < kept.Length; i += layer.WeightStride)
                {
                    kept[i] = false;
                }
            }
        }
    }

    private static bool IsEntered(WeightedTraining layer, bool[] kept, int row)
    {
        for (var i = row; i < kept.Length; i += layer.WeightStride)
        {
            if (kept[i])
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRead(WeightedTraining layer, bool[] kept, int block)
    {
        var (first, end) = RowsOf(layer, block);
        for (var at = 0; at < layer.ColumnsOfBlock; at++)
        {
            if (kept.AsSpan((ColumnOf(layer, block, at) * layer.WeightStride) + first, end - first).Contains(true))
            {
                return true;
            }
        }

        return false;
    }

    private static int ColumnOf(WeightedTraining layer, int block, int place) => (block * layer.ColumnsOfBlock % layer.Columns) + place;

    private static (int First, int End) RowsOf(WeightedTraining layer, int block)
    {
        var (group, rows) = (block * layer.ColumnsOfBlock / layer.Columns, layer.Rows / layer.Groups);
        return (group * rows, (group + 1) * rows);
    }
}
