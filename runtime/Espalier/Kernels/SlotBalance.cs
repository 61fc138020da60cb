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
    /// <param name="slots">Slots of a row in one step of the pair: 2 or 4, which are one 16-bit lane or two.</param>
    /// <param name="windows">1 when both steps share a window, so that a nonzero may change steps; otherwise 2.</param>
    public static void Apply(WindowedSchedule schedule, int slots, int windows)
    {
        if (slots is not (2 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(slots), slots, "Slots are dealt out to one 16-bit lane of a row or to two.");
        }

        var entries = schedule.Entries;
        Span<ulong> order = stackalloc ulong[2 * slots];
        for (var first = 0; first < entries.Length;)
        {
            var last = first + 1;
            while (last < entries.Length && entries[last].Lane == entries[first].Lane && entries[last].Step == entries[first].Step)
            {
                last++;
            }

            Deal(entries.AsSpan(first, last - first), order[..(last - first)], slots, windows);
            first = last;
        }
    }

    private static void Deal(Span<WindowedSchedule.Entry> row, Span<ulong> order, int slots, int windows)
    {
        Sort(row, order);
        var (left, right) = (default(Lane), default(Lane));
        foreach (var key in order)
        {
            ref var entry = ref row[(byte)key];
            int code = entry.Code;
            var (leftHalf, rightHalf) = windows == 1 ? (left.FreeHalf, right.FreeHalf) : entry.Slot < slots ? (0, 0) : (1, 1);

            // The lane where the larger of both sums stays smaller; the left one of equals.
            var goesRight = slots == 4 && right.HasRoom(rightHalf) && (!left.HasRoom(leftHalf) || right.With(code) < left.With(code));
            var slot = goesRight ? (rightHalf * slots) + 2 + right.Add(code, rightHalf) : (leftHalf * slots) + left.Add(code, leftHalf);
            entry = entry with { Slot = (byte)slot };
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

        /// <summary>The step that the next weight goes to where both steps share a window.</summary>
        public readonly int FreeHalf => _first < 2 ? 0 : 1;

        public readonly bool HasRoom(int half) => (half == 0 ? _first : _second) < 2;

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
