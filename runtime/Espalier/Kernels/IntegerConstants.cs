using System;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// What an integer layer adds to its sums and multiplies them by. One place computes them, so that the simulation, the scalar
/// twins and every packed kernel start from the same numbers.
/// </summary>
internal sealed class IntegerConstants
{
    /// <param name="weights">The layer.</param>
    /// <param name="floats">Whether floats are wanted even where the weights hand codes on.</param>
    public IntegerConstants(IntegerLayerWeights weights, bool floats)
        : this(weights, floats ? null : weights.Table?.Sums.Scale ?? weights.OutputGrid?.Scale)
    {
    }

    /// <param name="weights">The layer.</param>
    /// <param name="target">The scale of the grid that sums are brought to; null for floats.</param>
    public IntegerConstants(IntegerLayerWeights weights, float? target)
    {
        var layer = weights.Layer;
        Bias = new int[weights.Rows];
        HighBias = new int[weights.Rows];
        Multipliers = new float[weights.Rows];
        for (var output = 0; output < weights.Rows; output++)
        {
            var step = (double)weights.InputGrid.Scale * weights.Scale(output);

            // Signed inputs carry a zero point: Σ w·(q − z) = Σ w·q − z·Σ w, and the second part is constant.
            long sum = 0;
            if (weights.InputGrid.ZeroPoint != 0)
            {
                foreach (var code in weights.Codes.AsSpan(output * weights.Columns, weights.Columns))
                {
                    sum += code;
                }
            }

            var bias = layer.Bias ? Math.Round(weights.BiasArray[output] / step, MidpointRounding.ToEven) : 0;

            // Products reach 127·127·inputs at most, which the planner keeps under 2³⁰; the bias gets the other half of the range.
            // A zero point of 14 bits is cut as the codes are: each plane's share of it stays within the same bounds.
            var (low, high) = weights.InputGrid.HasPlanes
                ? (weights.InputGrid.ZeroPoint & ActivationPlanes.PlaneTop, weights.InputGrid.ZeroPoint >> ActivationPlanes.Bits)
                : (weights.InputGrid.ZeroPoint, 0);
            Bias[output] = (int)(Math.Clamp(bias, -BiasLimit, BiasLimit) - (low * sum));
            HighBias[output] = (int)(-high * sum);
            Multipliers[output] = (float)(target is { } scale ? step / scale : step);
        }
    }

    /// <summary>Half of the accumulators' range.</summary>
    public const int BiasLimit = 1 << 29;

    /// <summary>By output: the rounded bias less the share of the inputs' zero point.</summary>
    public int[] Bias { get; }

    /// <summary>By output: what the sums over the high plane of 14-bit inputs start with.</summary>
    public int[] HighBias { get; }

    /// <summary>By output: from sums to floats, to steps of the output grid, or to steps of the table's grid.</summary>
    public float[] Multipliers { get; }
}
