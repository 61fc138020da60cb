using System;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// A network computed in scalars straight from its weights, in no particular layout: what training evaluates with. Integer
/// networks give the same bits here as in every compiled kernel; float layers agree within n·ε·Σ|w·x|.
/// </summary>
/// <remarks>Allocates per call: for training, tests and tools.</remarks>
public sealed class Simulation : IPredictor
{
    private readonly ModelWeights _weights;
    private readonly IntegerConstants?[] _constants;

    /// <param name="weights">The weights of a model, kept by reference.</param>
    public Simulation(ModelWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _weights = weights;
        _constants = new IntegerConstants?[weights.Layers.Length];
        for (var i = 0; i < _constants.Length; i++)
        {
            _constants[i] = weights.Layers[i] is IntegerLayerWeights integer ? new IntegerConstants(integer, integer.OutputGrid is null) : null;
        }
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != _weights.Model.Inputs)
        {
            throw new ArgumentException($"{_weights.Model.Name} takes {_weights.Model.Inputs} inputs, but was given {input.Length}.", nameof(input));
        }

        if (output.Length != _weights.Model.Outputs)
        {
            throw new ArgumentException($"{_weights.Model.Name} gives {_weights.Model.Outputs} outputs, but has room for {output.Length}.", nameof(output));
        }

        var codes = _weights.Layers[0] is IntegerLayerWeights first ? Encode(input, new InputEncoder(_weights.Normalisation, first.InputGrid)) : null;
        var floats = codes is null ? Normalise(input) : null;
        for (var i = 0; i < _weights.Layers.Length; i++)
        {
            if (_weights.Layers[i] is IntegerLayerWeights integer)
            {
                codes ??= Encode(floats, new InputEncoder(Normalisation.None, integer.InputGrid));
                (codes, floats) = Integer(integer, _constants[i]!, codes!);
            }
            else
            {
                floats = Float((FloatLayerWeights)_weights.Layers[i], floats!);
            }
        }

        floats.AsSpan().CopyTo(output);
    }

    private static ushort[] Encode(ReadOnlySpan<float> values, InputEncoder encoder)
    {
        var codes = new ushort[values.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = encoder.Encode(values[i]);
        }

        return codes;
    }

    private float[] Normalise(ReadOnlySpan<float> values)
    {
        var normalised = new float[values.Length];
        for (var i = 0; i < normalised.Length; i++)
        {
            normalised[i] = _weights.Normalisation.Apply(values[i]);
        }

        return normalised;
    }

    private static (ushort[]? Codes, float[]? Floats) Integer(IntegerLayerWeights weights, IntegerConstants constants, ushort[] input)
    {
        var layer = weights.Layer;
        var codes = weights.OutputGrid is null ? null : new ushort[layer.Outputs];
        var floats = weights.OutputGrid is null ? new float[layer.Outputs] : null;
        for (var output = 0; output < layer.Outputs; output++)
        {
            var scaled = Sum(weights, constants, output, input) * constants.Multipliers[output];
            if (floats is not null)
            {
                floats[output] = scaled;
            }
            else
            {
                codes![output] = weights.Table is { } table
                    ? table.CodeArray[table.Sums.EncodeSteps(scaled)]
                    : weights.OutputGrid!.Value.EncodeSteps(layer.Activation == Activation.Relu ? MathF.Max(scaled, 0) : scaled);
            }
        }

        if (floats is not null)
        {
            Activations.Apply(layer.Activation, floats);
        }

        return (codes, floats);
    }

    /// <summary>The whole sum in fp32. Inputs of 14 bits have one sum for each plane, as in the kernels.</summary>
    private static float Sum(IntegerLayerWeights weights, IntegerConstants constants, int output, ushort[] input)
    {
        var row = weights.Codes.AsSpan(output * weights.Layer.Inputs, weights.Layer.Inputs);
        var sum = constants.Bias[output];
        if (!weights.InputGrid.HasPlanes)
        {
            for (var i = 0; i < row.Length; i++)
            {
                sum += row[i] * input[i];
            }

            return sum;
        }

        var highSum = constants.HighBias[output];
        for (var i = 0; i < row.Length; i++)
        {
            sum += row[i] * (input[i] & ActivationPlanes.PlaneTop);
            highSum += row[i] * (input[i] >> ActivationPlanes.Bits);
        }

        return PlaneSums.Combine(sum, highSum);
    }

    private static float[] Float(FloatLayerWeights weights, float[] input)
    {
        var layer = weights.Layer;
        var floats = new float[layer.Outputs];
        for (var output = 0; output < layer.Outputs; output++)
        {
            var sum = layer.Bias ? weights.BiasArray[output] : 0f;
            var row = weights.Values.AsSpan(output * layer.Inputs, layer.Inputs);
            for (var i = 0; i < row.Length; i++)
            {
                // As the sparse kernels do: a pruned weight takes no part, even when its input is infinite.
                sum += row[i] == 0 ? 0 : row[i] * input[i];
            }

            floats[output] = sum;
        }

        Activations.Apply(layer.Activation, floats);
        return floats;
    }
}
