using System;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Sums of one row of weights over what enters, and what becomes of them: the part that dense layers and convolutions share.</summary>
internal static class WeightedSums
{
    /// <summary>The whole sum in fp32. Inputs of 14 bits have one sum for each plane, as in the kernels.</summary>
    public static float Integer(IntegerLayerWeights weights, IntegerConstants constants, int row, ReadOnlySpan<ushort> input)
    {
        var codes = weights.Codes.AsSpan(row * weights.Columns, weights.Columns);
        var sum = constants.Bias[row];
        if (!weights.InputGrid.HasPlanes)
        {
            for (var i = 0; i < codes.Length; i++)
            {
                sum += codes[i] * input[i];
            }

            return sum;
        }

        var highSum = constants.HighBias[row];
        for (var i = 0; i < codes.Length; i++)
        {
            sum += codes[i] * (input[i] & ActivationPlanes.PlaneTop);
            highSum += codes[i] * (input[i] >> ActivationPlanes.Bits);
        }

        return PlaneSums.Combine(sum, highSum);
    }

    /// <summary>The sum of a float layer.</summary>
    public static float Float(FloatLayerWeights weights, int row, ReadOnlySpan<float> input)
    {
        var sum = weights.Layer.Bias ? weights.BiasArray[row] : 0f;
        var values = weights.Values.AsSpan(row * weights.Columns, weights.Columns);
        for (var i = 0; i < values.Length; i++)
        {
            // As the sparse kernels do: a pruned weight takes no part, even when its input is infinite.
            sum += values[i] == 0 ? 0 : values[i] * input[i];
        }

        return sum;
    }

    /// <summary>The result of all sums, each already times its row's multiplier: codes by the grid or the table, or floats after the activation.</summary>
    public static SimulatedTensor End(SimulatedStep step, float[] scaled)
    {
        if (step.OutputForm is EdgeForm.Codes or EdgeForm.Planes)
        {
            var weights = (IntegerLayerWeights)step.Weights;
            return SimulatedTensor.Of(Array.ConvertAll(scaled, sum => Code(weights, sum)), weights.OutputGrid!.Value);
        }

        // Sums that enter an addition have no activation of their own.
        Activations.Apply(step.Weights.Layer.Activation, scaled);
        return SimulatedTensor.Of(scaled);
    }

    /// <summary>The code of a sum in steps of the output grid, or of the table's.</summary>
    public static ushort Code(IntegerLayerWeights weights, float scaled) => weights.Table is { } table
        ? table.CodeArray[table.Sums.EncodeSteps(scaled)]
        : weights.OutputGrid!.Value.EncodeSteps(weights.Layer.Activation == Activation.Relu ? MathF.Max(scaled, 0) : scaled);
}
