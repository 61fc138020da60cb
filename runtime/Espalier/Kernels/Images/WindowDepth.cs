using System;

namespace Espalier.Kernels;

/// <summary>
/// Proves that so many steps of four codes may be added in 16 bits in an integer convolution, over packed weights: in the order in which the kernel
/// really adds them. A 16-bit lane of an output channel gets two products a step; a run's last steps may be fewer.
/// </summary>
internal static class WindowDepth
{
    private const int StepInputs = 4;

    /// <param name="packed">By tile, by run, by step of the run, by channel of the tile, four weights.</param>
    /// <param name="channels">Output channels, padded.</param>
    /// <param name="runs">Runs of a window: no 16-bit sum goes on from one to the next.</param>
    /// <param name="runSteps">Steps of a run.</param>
    /// <param name="lane">Where a channel's weights begin, and how many channels its tile has.</param>
    /// <param name="top">The largest code.</param>
    /// <param name="depth">Steps that are added before widening.</param>
    public static bool Holds(ReadOnlySpan<sbyte> packed, int channels, int runs, int runSteps, Func<int, (int First, int Columns)> lane, int top, int depth)
    {
        for (var channel = 0; channel < channels; channel++)
        {
            var (first, columns) = lane(channel);
            for (var run = 0; run < runs; run++)
            {
                for (var step = 0; step < runSteps; step += depth)
                {
                    var start = first + (((run * runSteps) + step) * columns * StepInputs);
                    var count = Math.Min(depth, runSteps - step);
                    if (!Fits(packed[start..], count, columns, top) || !Fits(packed[(start + 2)..], count, columns, top))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>Whether the pairs of weights of one 16-bit lane stay in range, whatever the codes are and in whatever order they come.</summary>
    private static bool Fits(ReadOnlySpan<sbyte> pairs, int count, int columns, int top)
    {
        var (positive, negative) = (0, 0);
        for (var step = 0; step < count; step++)
        {
            var (one, other) = (pairs[step * columns * StepInputs], pairs[(step * columns * StepInputs) + 1]);
            positive += Math.Max((int)one, 0) + Math.Max((int)other, 0);
            negative -= Math.Min((int)one, 0) + Math.Min((int)other, 0);
        }

        return top * positive <= short.MaxValue && top * negative <= -short.MinValue;
    }
}
