using System;

namespace Espalier.Kernels;

/// <summary>
/// Deals the nonzeros that a pair of steps takes of one row out to its slots so that 16-bit sums stay small. Two neighbouring slots share a
/// 16-bit lane, and which nonzero stands in which slot changes nothing else: large weights of one sign are kept apart, so that both
/// steps of a pair can more often be added before they are widened (measured: 11 % of a kernel's time on Intel's cores). Four weights of one
/// sign fit when they are 64 on average; layers whose weights are mostly larger still widen each step.
/// </summary>
internal static class SlotBalance
{
    /// <param name="schedule">A schedule whose steps are pairs.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="slots">Slots of a row in one step of the pair.</param>
    /// <param name="windows">1 when both steps share a window, so that a nonzero may change steps; otherwise 2.</param>
    public static WindowedSchedule Apply(WindowedSchedule schedule, IntegerLayerWeights weights, int slots, int windows)
    {
        var entries = (WindowedSchedule.Entry[])schedule.Entries.Clone();
        Span<Lane> lanes = stackalloc Lane[slots / 2];
        for (var first = 0; first < entries.Length;)
        {
            var last = first + 1;
            while (last < entries.Length && entries[last].Step == entries[first].Step && entries[last].Lane == entries[first].Lane)
            {
                last++;
            }

            Deal(entries.AsSpan(first, last - first), weights, slots, windows, lanes);
            first = last;
        }

        return schedule.With(entries);
    }

    private static void Deal(Span<WindowedSchedule.Entry> row, IntegerLayerWeights weights, int slots, int windows, Span<Lane> lanes)
    {
        lanes.Clear();
        Span<int> codes = stackalloc int[row.Length];
        Sort(row, codes, weights);
        for (var i = 0; i < row.Length; i++)
        {
            var code = codes[i];
            var (best, half) = (-1, 0);
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                var free = windows == 2 ? row[i].Slot / slots : lanes[lane].Used[0] < 2 ? 0 : 1;
                if (lanes[lane].Used[free] < 2 && (best < 0 || lanes[lane].With(code) < lanes[best].With(code)))
                {
                    (best, half) = (lane, free);
                }
            }

            var slot = (half * slots) + (2 * best) + lanes[best].Used[half]++;
            lanes[best].Add(code);
            row[i] = row[i] with { Slot = (byte)slot };
        }
    }

    /// <summary>Largest weights first, then by column. Rows have eight entries at most, which insertion sorts quickest.</summary>
    private static void Sort(Span<WindowedSchedule.Entry> row, Span<int> codes, IntegerLayerWeights weights)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var entry = row[i];
            int code = weights.Codes[(entry.Output * weights.Layer.Inputs) + entry.Column];
            var at = i;
            for (; at > 0 && (Math.Abs(codes[at - 1]) < Math.Abs(code) || (Math.Abs(codes[at - 1]) == Math.Abs(code) && row[at - 1].Column > entry.Column)); at--)
            {
                (row[at], codes[at]) = (row[at - 1], codes[at - 1]);
            }

            (row[at], codes[at]) = (entry, code);
        }
    }

    [System.Runtime.CompilerServices.InlineArray(2)]
    private struct Halves
    {
        private int _first;
    }

    /// <summary>One 16-bit lane: four products, two of each step.</summary>
    private struct Lane
    {
        private int _positive;
        private int _negative;

        /// <summary>Slots taken in each step.</summary>
        public Halves Used;

        /// <summary>The larger of both sums if a weight came here.</summary>
        public readonly int With(int code) => Math.Max(_positive + Math.Max(code, 0), _negative - Math.Min(code, 0));

        public void Add(int code)
        {
            _positive += Math.Max(code, 0);
            _negative -= Math.Min(code, 0);
        }
    }
}
