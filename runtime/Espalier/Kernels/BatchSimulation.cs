using System;
using System.Linq;
using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>
/// The same integers as <see cref="Simulation"/>, many samples at a time: sums come from training's product of bytes, which is exact, and
/// everything else from the same scalar code. Graphs have a form of their own, chains with float layers or inputs of 14 bits run through the simulation itself.
/// </summary>
internal sealed class BatchSimulation
{
    /// <summary>Samples of a pass.</summary>
    public const int Rows = 64;

    private readonly ModelWeights _weights;
    private readonly InputEncoder _encoder;
    private readonly Layer[] _layers;

    private BatchSimulation(ModelWeights weights)
    {
        _weights = weights;
        _layers = [.. weights.Layers.Select(layer => new Layer((IntegerLayerWeights)layer))];
        _encoder = new InputEncoder(weights.Normalisation, _layers[0].Weights.InputGrid);
    }

    /// <summary>The share of samples, 0 to 1, that the compiled kernels of these weights get right; 0 without samples.</summary>
    public static double Accuracy(ModelWeights weights, LabelledSamples samples)
    {
        if (!Takes(weights))
        {
            return Evaluation.Accuracy(GraphSimulation.Takes(weights) ? new GraphSimulation(weights) : new Simulation(weights), samples, weights.Model.Outputs);
        }

        var simulation = new BatchSimulation(weights);
        var outputs = weights.Model.Outputs;
        var (scores, right) = (new float[Rows * outputs], 0);
        for (var start = 0; start < samples.Count; start += Rows)
        {
            var rows = Math.Min(Rows, samples.Count - start);
            simulation.Predict(samples.Inputs.Slice(start * samples.Width, rows * samples.Width), scores);
            for (var row = 0; row < rows; row++)
            {
                right += Evaluation.Largest(scores.AsSpan(row * outputs, outputs)) == samples.Labels[start + row] ? 1 : 0;
            }
        }

        return samples.Count == 0 ? 0 : (double)right / samples.Count;
    }

    /// <summary>Whether the network is a chain of dense layers that all take codes of a byte, so that the batched form exists.</summary>
    public static bool Takes(ModelWeights weights)
    {
        if (GraphSimulation.Takes(weights))
        {
            return false;
        }

        for (var i = 0; i < weights.Layers.Length; i++)
        {
            if (weights.Layers[i] is not IntegerLayerWeights { InputGrid.HasPlanes: false } integer || (i + 1 < weights.Layers.Length && integer.OutputGrid is null))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For tests.</summary>
    public static void Predict(ModelWeights weights, ReadOnlySpan<float> inputs, Span<float> outputs) => new BatchSimulation(weights).Predict(inputs, outputs);

    private void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var width = _weights.Model.Inputs;
        var rows = inputs.Length / width;
        for (var row = 0; row < rows; row++)
        {
            var codes = _layers[0].Codes.AsSpan(row * _layers[0].InputStride, width);
            for (var i = 0; i < width; i++)
            {
                codes[i] = (byte)_encoder.Encode(inputs[(row * width) + i]);
            }
        }

        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            layer.Sum(rows);
            for (var row = 0; row < rows; row++)
            {
                var sums = layer.Sums.AsSpan(row * layer.OutputStride, layer.Weights.Layer.Outputs);
                if (i + 1 < _layers.Length)
                {
                    Encode(layer, sums, _layers[i + 1].Codes.AsSpan(row * _layers[i + 1].InputStride));
                }
                else
                {
                    Decode(layer, sums, outputs.Slice(row * sums.Length, sums.Length));
                }
            }
        }
    }

    private static void Encode(Layer layer, ReadOnlySpan<int> sums, Span<byte> codes)
    {
        var (weights, multipliers) = (layer.Weights, layer.Constants.Multipliers);
        for (var o = 0; o < sums.Length; o++)
        {
            var scaled = sums[o] * multipliers[o];
            codes[o] = weights.Table is { } table
                ? table.CodeArray[table.Sums.EncodeSteps(scaled)]
                : (byte)weights.OutputGrid!.Value.EncodeSteps(weights.Layer.Activation == Activation.Relu ? MathF.Max(scaled, 0) : scaled);
        }
    }

    private static void Decode(Layer layer, ReadOnlySpan<int> sums, Span<float> outputs)
    {
        for (var o = 0; o < sums.Length; o++)
        {
            outputs[o] = sums[o] * layer.Constants.Multipliers[o];
        }

        Activations.Apply(layer.Weights.Layer.Activation, outputs);
    }

    /// <summary>A layer's weights in quads, and room for a batch.</summary>
    private sealed class Layer
    {
        private readonly int[] _quads;
        private readonly int[] _start;

        public Layer(IntegerLayerWeights weights)
        {
            Weights = weights;
            Constants = new IntegerConstants(weights, weights.OutputGrid is null);
            (InputStride, OutputStride) = (MatrixProduct.Padded(weights.Layer.Inputs), MatrixProduct.Padded(weights.Layer.Outputs));
            _quads = new int[InputStride / ByteQuads.Depth * OutputStride];
            _start = new int[OutputStride];
            Constants.Bias.CopyTo(_start, 0);
            var bytes = MemoryMarshal.Cast<int, sbyte>(_quads.AsSpan());
            for (var o = 0; o < weights.Layer.Outputs; o++)
            {
                for (var i = 0; i < weights.Layer.Inputs; i++)
                {
                    bytes[(((i / ByteQuads.Depth * OutputStride) + o) * ByteQuads.Depth) + (i % ByteQuads.Depth)] = weights.Codes[(o * weights.Layer.Inputs) + i];
                }
            }

            Codes = new byte[Rows * InputStride];
            Sums = new int[Rows * OutputStride];
        }

        public IntegerLayerWeights Weights { get; }

        public IntegerConstants Constants { get; }

        public int InputStride { get; }

        public int OutputStride { get; }

        public byte[] Codes { get; }

        public int[] Sums { get; }

        public void Sum(int rows) => ByteProduct.Run(
            rows, InputStride / ByteQuads.Depth, OutputStride, MemoryMarshal.Cast<byte, int>(Codes.AsSpan()), InputStride / ByteQuads.Depth, 1, _quads, _start, Sums);
    }
}
