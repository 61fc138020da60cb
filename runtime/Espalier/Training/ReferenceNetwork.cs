using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier;

/// <summary>The runtime's own dense fp32 path: every weight, in vectors of the widest kind, without compression and without generated code. Thread-safe.</summary>
public sealed class ReferenceNetwork : IPredictor
{
    private const int Lanes = 16;
    private readonly Normalisation _normalisation;
    private readonly Layer[] _layers;
    private readonly int _widest;

    private sealed record Layer(float[] Weights, float[] Bias, int Inputs, int Outputs, Activation Activation);

    /// <summary>Takes the weights of a model as dense fp32, whatever they are stored as.</summary>
    /// <param name="weights">The weights.</param>
    public ReferenceNetwork(ModelWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Model = weights.Model;
        _normalisation = weights.Normalisation;
        _layers = [.. System.Linq.Enumerable.Select(weights.Layers, Dense)];
        foreach (var layer in _layers)
        {
            _widest = Math.Max(_widest, Math.Max(layer.Inputs, layer.Bias.Length));
        }
    }

    /// <summary>The model.</summary>
    public ModelDescription Model { get; }

    /// <summary>Bytes of all weights and biases in fp32.</summary>
    public long Bytes => 4 * Model.Parameters;

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != Model.Inputs || output.Length != Model.Outputs)
        {
            Kernels.Arguments.ThrowLengths(Model.Name, Model.Inputs, input.Length, Model.Outputs, output.Length);
        }

        const int stackLimit = 2048;
        Span<float> current = _widest <= stackLimit ? stackalloc float[_widest] : new float[_widest];
        Span<float> next = _widest <= stackLimit ? stackalloc float[_widest] : new float[_widest];
        for (var i = 0; i < input.Length; i++)
        {
            current[i] = _normalisation.Apply(input[i]);
        }

        foreach (var layer in _layers)
        {
            Forward(layer, ref MemoryMarshal.GetReference(current), ref MemoryMarshal.GetReference(next));
            Activations.Apply(layer.Activation, next[..layer.Outputs]);
            var swap = current;
            current = next;
            next = swap;
        }

        current[..output.Length].CopyTo(output);
    }

    /// <summary>The weights again, described without compression.</summary>
    internal ModelWeights ToWeights()
    {
        var plain = PlainWeights.Describe(Model);
        return new ModelWeights(plain, _normalisation, [.. System.Linq.Enumerable.Select(_layers, (layer, place) => (LayerWeights)Weights(layer, plain.Layers[place]))]);
    }

    private static FloatLayerWeights Weights(Layer layer, LayerDescription description)
    {
        var stride = layer.Bias.Length;
        var values = new float[layer.Inputs * layer.Outputs];
        for (var o = 0; o < layer.Outputs; o++)
        {
            for (var i = 0; i < layer.Inputs; i++)
            {
                values[(o * layer.Inputs) + i] = layer.Weights[(i * stride) + o];
            }
        }

        return new FloatLayerWeights(description, values, description.Bias ? layer.Bias[..layer.Outputs] : []);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward(Layer layer, ref float input, ref float output)
    {
        var stride = layer.Bias.Length;
        var column = 0;

        // Four sums side by side hide the latency of a multiply-add.
        for (; column <= stride - (4 * Lanes); column += 4 * Lanes)
        {
            ref var weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(layer.Weights), column);
            ref var bias = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(layer.Bias), column);
            var a = Vector512.LoadUnsafe(ref bias);
            var b = Vector512.LoadUnsafe(ref bias, Lanes);
            var c = Vector512.LoadUnsafe(ref bias, 2 * Lanes);
            var d = Vector512.LoadUnsafe(ref bias, 3 * Lanes);
            for (var i = 0; i < layer.Inputs; i++)
            {
                var x = Vector512.Create(Unsafe.Add(ref input, i));
                a = Vector512.MultiplyAddEstimate(x, Vector512.LoadUnsafe(ref weights), a);
                b = Vector512.MultiplyAddEstimate(x, Vector512.LoadUnsafe(ref weights, Lanes), b);
                c = Vector512.MultiplyAddEstimate(x, Vector512.LoadUnsafe(ref weights, 2 * Lanes), c);
                d = Vector512.MultiplyAddEstimate(x, Vector512.LoadUnsafe(ref weights, 3 * Lanes), d);
                weights = ref Unsafe.Add(ref weights, stride);
            }

            a.StoreUnsafe(ref output, (nuint)column);
            b.StoreUnsafe(ref output, (nuint)(column + Lanes));
            c.StoreUnsafe(ref output, (nuint)(column + (2 * Lanes)));
            d.StoreUnsafe(ref output, (nuint)(column + (3 * Lanes)));
        }

        for (; column < stride; column += Lanes)
        {
            ref var weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(layer.Weights), column);
            var even = Vector512.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(layer.Bias), column));
            var odd = Vector512<float>.Zero;
            var i = 0;
            for (; i < layer.Inputs - 1; i += 2)
            {
                even = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref input, i)), Vector512.LoadUnsafe(ref weights), even);
                odd = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref input, i + 1)), Vector512.LoadUnsafe(ref weights, (nuint)stride), odd);
                weights = ref Unsafe.Add(ref weights, 2 * stride);
            }

            if (i < layer.Inputs)
            {
                even = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref input, i)), Vector512.LoadUnsafe(ref weights), even);
            }

            (even + odd).StoreUnsafe(ref output, (nuint)column);
        }
    }

    private static Layer Dense(LayerWeights weights)
    {
        var (inputs, outputs) = (weights.Layer.Inputs, weights.Layer.Outputs);
        var stride = (outputs + Lanes - 1) / Lanes * Lanes;
        var dense = new float[checked(inputs * stride)];
        for (var i = 0; i < inputs; i++)
        {
            for (var o = 0; o < outputs; o++)
            {
                dense[(i * stride) + o] = weights.Weight(o, i);
            }
        }

        var bias = new float[stride];
        weights.Bias.CopyTo(bias);
        return new Layer(dense, bias, inputs, outputs, weights.Layer.Activation);
    }
}
