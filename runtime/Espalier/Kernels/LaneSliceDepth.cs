using System;

namespace Espalier.Kernels;

/// <summary>
/// Proves how many steps of a lane slice may be added in 16 bits. A 16-bit lane gets the products of two neighbouring slots; with
/// activations from 0 to top its sum stays between top · (sum of negative weights) and top · (sum of positive ones).
/// </summary>
internal static class LaneSliceDepth
{
    /// <summary>2 when every pair of steps of the schedule stays in range, otherwise 1 (always safe: 2 · 127 · 127 = 32258).</summary>
    public static int Prove(WindowedSchedule schedule, IntegerLayerWeights weights, int slots)
    {
        var top = weights.InputGrid.PartTop;
        var step = -1;
        Span<int> positive = stackalloc int[schedule.Rows * slots / 2];
        Span<int> negative = stackalloc int[positive.Length];
        foreach (ref readonly var entry in schedule.Entries.AsSpan())
        {
            if (entry.Step != step)
            {
                step = entry.Step;
                positive.Clear();
                negative.Clear();
            }

            var slot = entry.Slot < slots ? entry.Slot : entry.Slot - slots;
            var lane = ((entry.Lane * slots) + slot) >> 1;
            positive[lane] += Math.Max((int)entry.Code, 0);
            negative[lane] -= Math.Min((int)entry.Code, 0);
            if (top * positive[lane] > short.MaxValue || top * negative[lane] > -short.MinValue)
            {
                return 1;
            }
        }

        return 2;
    }
}
