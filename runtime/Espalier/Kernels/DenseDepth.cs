using System;

namespace Espalier.Kernels;

/// <summary>
/// Proves how many steps of four inputs may be added in 16 bits in a dense integer kernel, over the windows that the kernel
/// really has: groups of depth steps from the first input on. In each group a 16-bit lane of an output gets two products a step.
/// </summary>
internal static class DenseDepth
{
    public static bool Holds(IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, int depth)
    {
        var top = weights.InputGrid.PartTop;
        var (columns, outputs) = (weights.Columns, weights.Rows);
        var byPosition = Positions(columns, inputs);
        for (var output = 0; output < outputs; output++)
        {
            for (var lane = 0; lane < 2; lane++)
            {
                var (positive, negative) = (0, 0);
                for (var step = 0; step * 4 < byPosition.Length; step++)
                {
                    if (step % depth == 0)
                    {
                        (positive, negative) = (0, 0);
                    }

                    for (var k = 2 * lane; k < (2 * lane) + 2 && (step * 4) + k < byPosition.Length; k++)
                    {
                        var code = weights.Codes[(output * columns) + byPosition[(step * 4) + k]];
                        positive += Math.Max((int)code, 0);
                        negative -= Math.Min((int)code, 0);
                    }

                    if (top * positive > short.MaxValue || top * negative > -short.MinValue)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>The largest depth up to a limit that holds.</summary>
    public static int Prove(IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, int limit)
    {
        for (var depth = limit; depth > 1; depth--)
        {
            if (Holds(weights, inputs, depth))
            {
                return depth;
            }
        }

        return 1;
    }

    /// <summary>The column at each position: a layer before may have put its outputs in another order.</summary>
    private static int[] Positions(int columns, ReadOnlyMemory<int> inputs)
    {
        var byPosition = new int[columns];
        for (var column = 0; column < columns; column++)
        {
            byPosition[inputs.IsEmpty ? column : inputs.Span[column]] = column;
        }

        return byPosition;
    }
}
