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
    /// <summary>Entries of a row in a pair of steps, four slots each.</summary>
    private const int MostEntries = 8;

    /// <summary>More than any sum of a lane.</summary>
    private const int Full = 1 << 20;

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

    // Without branches that depend on weights: what the processor foresees wrongly was most of the time that packing took.
    private static void Deal(Span<WindowedSchedule.Entry> row, Span<ulong> order, int slots, int windows)
    {
        Sort(row, order);

        // By lane: the sums of both signs. By lane and step: slots taken, two at most.
        Span<int> positive = [0, 0];
        Span<int> negative = [0, 0];
        Span<int> taken = [0, 0, 0, 0];
        var (isShared, isSplit) = windows == 1 ? (1, 0) : (0, 1);
        var onlyLane = slots == 2 ? Full : 0;
        foreach (var key in order)
        {
            ref var entry = ref row[(byte)key];
            var (above, below) = (Math.Max((int)entry.Code, 0), Math.Max(-entry.Code, 0));

            // The first step with room where both share a window; otherwise the entry's own.
            var own = isSplit & (entry.Slot >= slots ? 1 : 0);
            var left = (isShared & (taken[0] >> 1)) | own;
            var right = (isShared & (taken[2] >> 1)) | own;

            // The lane where the larger of both sums stays smaller, the left one of equals; not one that is full.
            var leftSum = Math.Max(positive[0] + above, negative[0] + below) + ((taken[left] >> 1) * Full);
            var rightSum = Math.Max(positive[1] + above, negative[1] + below) + ((taken[2 + right] >> 1) * Full) + onlyLane;
            var lane = rightSum < leftSum ? 1 : 0;
            var half = left + (lane * (right - left));
            positive[lane] += above;
            negative[lane] += below;
            entry = entry with { Slot = (byte)((half * slots) + (2 * lane) + taken[(2 * lane) + half]++) };
        }
    }

    /// <summary>Largest weights first, then by column: by counting, for each of at most eight entries, which come before it.</summary>
    private static void Sort(ReadOnlySpan<WindowedSchedule.Entry> row, Span<ulong> order)
    {
        Span<ulong> keys = stackalloc ulong[MostEntries];
        for (var i = 0; i < row.Length; i++)
        {
            // Magnitude, column and place in one number.
            keys[i] = ((ulong)(128 - Math.Abs((int)row[i].Code)) << 40) | ((ulong)(uint)row[i].Column << 8) | (uint)i;
        }

        for (var i = 0; i < row.Length; i++)
        {
            var place = 0;
            for (var j = 0; j < row.Length; j++)
            {
                place += keys[j] < keys[i] ? 1 : 0;
            }

            order[place] = keys[i];
        }
    }
}
