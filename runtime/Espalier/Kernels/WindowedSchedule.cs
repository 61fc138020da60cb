using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Kernels;

/// <summary>
/// Sorts the nonzeros of a matrix into slices of rows and, in each slice, into steps that reach one window of columns. The window
/// starts at the smallest column that any row still needs, so it slides with the rows' progress and absorbs their imbalance.
/// </summary>
internal sealed class WindowedSchedule
{
    private WindowedSchedule(int rows, int slots, int[] positions, int[] stepCounts, List<int> offsets, List<Entry> entries)
    {
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
    /// <param name="Output">The row of the matrix.</param>
    /// <param name="Column">The column of the matrix.</param>
    internal readonly record struct Entry(int Step, int Lane, int Slot, byte Index, int Output, int Column);

    public int Rows { get; }

    public int Slots { get; }

    /// <summary>Where each row went; empty when none moved.</summary>
    public int[] Positions { get; }

    /// <summary>Steps of each slice.</summary>
    public int[] StepCounts { get; }

    /// <summary>The window start of each step.</summary>
    public List<int> Offsets { get; }

    public List<Entry> Entries { get; }

    /// <param name="outputs">Rows of the matrix.</param>
    /// <param name="inputs">Columns of the matrix.</param>
    /// <param name="isNonzero">Whether (row, column) holds a weight.</param>
    /// <param name="position">Where a column lies in the activations.</param>
    /// <param name="rows">Rows of a slice.</param>
    /// <param name="slots">Nonzeros that a step takes of each row.</param>
    /// <param name="window">Activations that a step reaches, at most 256.</param>
    /// <param name="alignment">What window starts are a multiple of.</param>
    public static WindowedSchedule Build(
        int outputs, int inputs, Func<int, int, bool> isNonzero, Func<int, int> position, int rows, int slots, int window, int alignment)
    {
        var columns = new (int Position, int Column)[outputs][];
        var buffer = new List<(int Position, int Column)>();
        for (var output = 0; output < outputs; output++)
        {
            buffer.Clear();
            for (var column = 0; column < inputs; column++)
            {
                if (isNonzero(output, column))
                {
                    buffer.Add((position(column), column));
                }
            }

            columns[output] = [.. buffer];
            Array.Sort(columns[output]);
        }

        var slices = (outputs + rows - 1) / rows;

        // Sorting pays where it moves rows between slices; a single slice keeps its order, and with it a free unpacking.
        var order = slices == 1 ? Enumerable.Range(0, outputs).ToArray() : [.. Enumerable.Range(0, outputs).OrderByDescending(o => columns[o].Length)];
        var stepCounts = new int[slices];
        var offsets = new List<int>();
        var entries = new List<Entry>();
        var next = new int[rows];
        for (var slice = 0; slice < slices; slice++)
        {
            var first = offsets.Count;
            var members = order.AsSpan(slice * rows, Math.Min(rows, outputs - (slice * rows)));
            Array.Clear(next);
            while (Start(columns, members, next, alignment) is { } start)
            {
                var step = offsets.Count;
                offsets.Add(start);
                for (var lane = 0; lane < members.Length; lane++)
                {
                    var row = columns[members[lane]];
                    for (var slot = 0; slot < slots && next[lane] < row.Length && row[next[lane]].Position < start + window; slot++)
                    {
                        var (at, column) = row[next[lane]++];
                        entries.Add(new Entry(step, lane, slot, (byte)(at - start), members[lane], column));
                    }
                }
            }

            stepCounts[slice] = offsets.Count - first;
        }

        return new WindowedSchedule(rows, slots, Inverse(order), stepCounts, offsets, entries);
    }

    /// <summary>
    /// The same with two steps as one: slots of the second follow those of the first, and each keeps its own window start, so that there
    /// are two starts for every pair. The last step of a slice may stand alone: its partner is empty.
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

        return new WindowedSchedule(
            Rows, 2 * Slots, Positions, pairCounts, offsets, [.. Entries.Select(entry => entry with { Step = pairOf[entry.Step].Pair, Slot = entry.Slot + (pairOf[entry.Step].Half * Slots) })]);
    }

    /// <summary>The same steps with other slots.</summary>
    public WindowedSchedule With(List<Entry> entries) => new(Rows, Slots, Positions, StepCounts, Offsets, entries);

    private static int? Start((int Position, int Column)[][] columns, ReadOnlySpan<int> members, int[] next, int alignment)
    {
        var smallest = int.MaxValue;
        for (var lane = 0; lane < members.Length; lane++)
        {
            var row = columns[members[lane]];
            if (next[lane] < row.Length)
            {
                smallest = Math.Min(smallest, row[next[lane]].Position);
            }
        }

        return smallest == int.MaxValue ? null : smallest / alignment * alignment;
    }

    private static int[] Inverse(int[] order)
    {
        var moved = false;
        var positions = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            positions[order[i]] = i;
            moved |= order[i] != i;
        }

        return moved ? positions : [];
    }
}
