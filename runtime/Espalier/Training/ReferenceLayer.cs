using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>One layer with weights of a <see cref="ReferenceNetwork"/>: by group of channels, weights by column, then row, so that vectors hold rows.</summary>
internal sealed class ReferenceLayer
{
    private const int Lanes = 16;
    private readonly LayerDefinition _definition;
    private readonly float[][] _weights;
    private readonly float[][] _bias;

    public ReferenceLayer(LayerWeights weights)
    {
        _definition = weights.Layer.ToDefinition();
        var groups = _definition.Kind == LayerKinds.Convolution ? Conv2DKind.Groups(_definition.Arguments) : 1;
        (Activation, Columns, Rows) = (weights.Layer.Activation, weights.Columns, weights.Rows / groups);
        Stride = (Rows + Lanes - 1) / Lanes * Lanes;
        (_weights, _bias) = (new float[groups][], new float[groups][]);
        for (var group = 0; group < groups; group++)
        {
            var block = new float[checked(Columns * Stride)];
            for (var column = 0; column < Columns; column++)
            {
                for (var row = 0; row < Rows; row++)
                {
                    block[(column * Stride) + row] = weights.Weight((group * Rows) + row, column);
                }
            }

            (_weights[group], _bias[group]) = (block, new float[Stride]);
            if (weights.Layer.Bias)
            {
                weights.Bias.Slice(group * Rows, Rows).CopyTo(_bias[group]);
            }
        }
    }

    public Activation Activation { get; }

    /// <summary>Numbers that a sum takes.</summary>
    public int Columns { get; }

    /// <summary>Sums of a group.</summary>
    public int Rows { get; }

    /// <summary>The same in whole vectors.</summary>
    public int Stride { get; }

    /// <summary>Sums of a dense layer; both sides have room for whole vectors.</summary>
    public void Dense(ref float input, ref float output) => Forward(0, ref input, ref output);

    /// <summary>The layer's result, images channel by channel.</summary>
    public float[] Run(float[] input)
    {
        var result = new float[_definition.Outputs];
        var sums = new float[Stride];
        if (_definition.Kind != LayerKinds.Convolution)
        {
            Forward(0, ref MemoryMarshal.GetArrayDataReference(input), ref MemoryMarshal.GetArrayDataReference(sums));
            sums.AsSpan(0, Rows).CopyTo(result);
            Activations.Apply(Activation, result);
            return result;
        }

        var (shape, output, window) = (_definition.InputShape, _definition.OutputShape, Conv2DKind.Window(_definition.Arguments));
        var numbers = new float[Columns];
        for (var pixel = 0; pixel < output.Pixels; pixel++)
        {
            for (var group = 0; group < _weights.Length; group++)
            {
                ImageWindows.Gather(input, shape, window, group * (shape.Channels / _weights.Length), (pixel / output.Width, pixel % output.Width), 0f, numbers.AsSpan());
                Forward(group, ref MemoryMarshal.GetArrayDataReference(numbers), ref MemoryMarshal.GetArrayDataReference(sums));
                for (var row = 0; row < Rows; row++)
                {
                    result[(((group * Rows) + row) * output.Pixels) + pixel] = sums[row];
                }
            }
        }

        Activations.Apply(Activation, result);
        return result;
    }

    /// <summary>The weights again.</summary>
    public FloatLayerWeights ToWeights(LayerDescription description)
    {
        var values = new float[Columns * Rows * _weights.Length];
        for (var at = 0; at < values.Length; at++)
        {
            var (row, column) = (at / Columns, at % Columns);
            values[at] = _weights[row / Rows][(column * Stride) + (row % Rows)];
        }

        var bias = new float[description.Bias ? Rows * _weights.Length : 0];
        for (var row = 0; row < bias.Length; row++)
        {
            bias[row] = _bias[row / Rows][row % Rows];
        }

        return new FloatLayerWeights(description, values, bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int group, ref float input, ref float output)
    {
        var (weightsOfGroup, biasOfGroup) = (_weights[group], _bias[group]);
        var stride = Stride;
        var column = 0;

        // Four sums side by side hide the latency of a multiply-add.
        for (; column <= stride - (4 * Lanes); column += 4 * Lanes)
        {
            ref var weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(weightsOfGroup), column);
            ref var bias = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(biasOfGroup), column);
            var a = Vector512.LoadUnsafe(ref bias);
            var b = Vector512.LoadUnsafe(ref bias, Lanes);
            var c = Vector512.LoadUnsafe(ref bias, 2 * Lanes);
            var d = Vector512.LoadUnsafe(ref bias, 3 * Lanes);
            for (var i = 0; i < Columns; i++)
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
            ref var weights = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(weightsOfGroup), column);
            var even = Vector512.LoadUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(biasOfGroup), column));
            var odd = Vector512<float>.Zero;
            var i = 0;
            for (; i < Columns - 1; i += 2)
            {
                even = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref input, i)), Vector512.LoadUnsafe(ref weights), even);
                odd = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref input, i + 1)), Vector512.LoadUnsafe(ref weights, (nuint)stride), odd);
                weights = ref Unsafe.Add(ref weights, 2 * stride);
            }

            if (i < Columns)
            {
                even = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref input, i)), Vector512.LoadUnsafe(ref weights), even);
            }

            (even + odd).StoreUnsafe(ref output, (nuint)column);
        }
    }
}
