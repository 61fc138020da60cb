using System;
using System.Collections.Generic;

namespace Espalier.Kernels;

/// <summary>
/// Sorts the nonzeros of a matrix into slices of rows and, in each slice, into steps that reach one window of columns. The window
/// starts at the smallest column that any row still needs, so it slides with the rows' progress and absorbs their imbalance.
/// </summary>
internal sealed class WindowedSchedule
{
    private WindowedSchedule(int rows, int slots, int[] positions, int[] stepCounts, List<int> offsets, Entry[] entries, bool isFolded)
    {
        IsFolded = isFolded;
        Rows = rows;
        Slots = slots;
        Positions = positions;
        StepCounts = stepCounts;
        Offsets = offsets;
        Entries = entries;
    }

    /// <summary>One nonzero in its place.</summary>
    /// <param name="Step">The step over all slices.</param>
    /// <param name="Lane">The row inside the slice.</param>
    /// <param name="Slot">The place inside the step.</param>
    /// <param name="Index">The column less the step's window start.</param>
    /// <param name="Code">The weight's code; 0 where weights are floats.</param>
    /// <param name="Output">The row of the matrix.</param>
    /// <param name="Column">The column of the matrix.</param>
    /// <remarks>16 bytes: a layer has as many of them as weights, and all are written and read before the first prediction.</remarks>
    internal readonly record struct Entry(int Step, byte Lane, byte Slot, byte Index, sbyte Code, int Output, int Column);

    public int Rows { get; }

    public int Slots { get; }

    /// <summary>Where each row went; empty when none moved.</summary>
    public int[] Positions { get; }

    /// <summary>Whether each row of the last slice stands in two lanes, half a slice apart.</summary>
    public bool IsFolded { get; }

    /// <summary>Steps of each slice.</summary>
    public int[] StepCounts { get; }

    /// <summary>Steps of all slices.</summary>
    public int Steps => StepSums.Of(StepCounts);

    /// <summary>The window start of each step.</summary>
    public List<int> Offsets { get; }

    /// <summary>By step, then row of the slice, then slot.</summary>
    public Entry[] Entries { get; }

    /// <param name="outputs">Rows of the matrix.</param>
    /// <param name="inputs">Columns of the matrix.</param>
    /// <param name="isNonzero">Whether (row, column) holds a weight.</param>
    /// <param name="position">Where a column lies in the activations.</param>
    /// <param name="rows">Rows of a slice.</param>
    /// <param name="slots">Nonzeros that a step takes of each row.</param>
    /// <param name="window">Activations that a step reaches, at most 256.</param>
    /// <param name="alignment">What window starts are a multiple of.</param>
    public static WindowedSchedule Build(
        int outputs, int inputs, Func<int, int, bool> isNonzero, Func<int, int> position, int rows, int slots, int window, int alignment) =>
        Build(NonzeroRows.Of(outputs, inputs, isNonzero, position), rows, slots, window, alignment);

    /// <param name="nonzeros">The matrix.</param>
    /// <param name="rows">Rows of a slice.</param>
    /// <param name="slots">Nonzeros that a step takes of each row.</param>
    /// <param name="window">Activations that a step reaches, at most 256.</param>
    /// <param name="alignment">What window starts are a multiple of.</param>
    /// <param name="sorted">Whether rows are sorted by their nonzeros, so that a slice holds rows of similar length.</param>
    /// <param name="folds">Whether a last slice that is half empty or more gives each row two lanes, half a slice apart, and so twice the slots.</param>
    public static WindowedSchedule Build(NonzeroRows nonzeros, int rows, int slots, int window, int alignment, bool sorted = true, bool folds = false)
    {
        var outputs = nonzeros.Rows;
        var slices = (outputs + rows - 1) / rows;

        // Sorting pays where it moves rows between slices; a single slice keeps its order, and with it a free unpacking.
        var order = slices == 1 || !sorted ? null : RowOrder.LongestFirst(nonzeros.Counts());
        var stepCounts = new int[slices];
        var offsets = new List<int>();
        var entries = GC.AllocateUninitializedArray<Entry>(nonzeros.Places.Length);
        var count = 0;
        var (places, columns, codes) = (nonzeros.Places, nonzeros.Columns, nonzeros.Codes);
        Span<int> next = stackalloc int[rows];
        Span<int> end = stackalloc int[rows];
        for (var slice = 0; slice < slices; slice++)
        {
            var (first, top) = (offsets.Count, slice * rows);
            var lanes = Math.Min(rows, outputs - top);
            var laneSlots = folds && 2 * lanes <= rows ? 2 * slots : slots;
            for (var lane = 0; lane < lanes; lane++)
            {
                var output = order is null ? top + lane : order[top + lane];
                next[lane] = nonzeros.Start(output);
                end[lane] = next[lane] + nonzeros.Count(output);
            }

            for (var start = Start(places, next[..lanes], end, alignment); start >= 0; start = Start(places, next[..lanes], end, alignment))
            {
                var step = offsets.Count;
                offsets.Add(start);
                for (var lane = 0; lane < lanes; lane++)
                {
                    var output = order is null ? top + lane : order[top + lane];
                    var at = next[lane];
                    var last = Math.Min(end[lane], at + laneSlots);
                    for (var slot = 0; at < last && places[at] < start + window; slot++, at++)
                    {
                        var (half, place) = slot < slots ? (0, slot) : (rows / 2, slot - slots);
                        entries[count++] = new Entry(step, (byte)(lane + half), (byte)place, (byte)(places[at] - start), codes.Length == 0 ? (sbyte)0 : codes[at], output, columns[at]);
                    }

                    next[lane] = at;
                }
            }

            stepCounts[slice] = offsets.Count - first;
        }

        return new WindowedSchedule(rows, slots, order is null ? [] : RowOrder.Inverse(order), stepCounts, offsets, entries, folds && 2 * (outputs - ((slices - 1) * rows)) <= rows);
    }

    /// <summary>
    /// The same with two steps as one: slots of the second follow those of the first, and each keeps its own window start, so that there
    /// are two starts for every pair. The last step of a slice may stand alone: its partner is empty. Takes the entries over.
    /// </summary>
    public WindowedSchedule InPairs()
    {
        var pairCounts = new int[StepCounts.Length];
        var offsets = new List<int>();
        var pairOf = new (int Pair, int Half)[Offsets.Count];
        var (step, pairs) = (0, 0);
        for (var slice = 0; slice < StepCounts.Length; slice++)
        {
            for (var i = 0; i < StepCounts[slice]; i++, step++)
            {
                pairOf[step] = (pairs + (i / 2), i % 2);
                offsets.Add(Offsets[step]);
            }

            if (StepCounts[slice] % 2 == 1)
            {
                offsets.Add(Offsets[step - 1]);
            }

            pairCounts[slice] = (StepCounts[slice] + 1) / 2;
            pairs += pairCounts[slice];
        }

        foreach (ref var entry in Entries.AsSpan())
        {
            var (pair, half) = pairOf[entry.Step];
            entry = entry with { Step = pair, Slot = (byte)(entry.Slot + (half * Slots)) };
        }

        return new WindowedSchedule(Rows, 2 * Slots, Positions, pairCounts, offsets, Entries, IsFolded);
    }

    /// <summary>The window start of the next step; −1 when no row needs one.</summary>
    private static int Start(int[] places, ReadOnlySpan<int> next, ReadOnlySpan<int> end, int alignment)
    {
        var smallest = int.MaxValue;
        for (var lane = 0; lane < next.Length; lane++)
        {
            if (next[lane] < end[lane])
            {
                smallest = Math.Min(smallest, places[next[lane]]);
            }
        }

        return smallest == int.MaxValue ? -1 : smallest / alignment * alignment;
    }
}
