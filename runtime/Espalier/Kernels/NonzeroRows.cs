using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Espalier.Numerics;

namespace Espalier.Kernels;

/// <summary>
/// Where the nonzeros of a matrix stand, row by row, in the order in which a kernel reads its inputs. Finding them is most of what
/// packing a pruned layer has to do before its first prediction, so zeros are passed over a vector at a time.
/// </summary>
internal sealed class NonzeroRows
{
    private readonly int[] _starts;

    private NonzeroRows(int[] starts, int[] places, int[] columns, sbyte[] codes) =>
        (_starts, Places, Columns, Codes) = (starts, places, columns, codes);

    /// <summary>Where each nonzero's column lies in the activations: ascending inside a row.</summary>
    public int[] Places { get; }

    /// <summary>Its column of the matrix.</summary>
    public int[] Columns { get; }

    /// <summary>Its weight code; empty where weights are floats.</summary>
    public sbyte[] Codes { get; }

    public int Rows => _starts.Length - 1;

    public int Count(int row) => _starts[row + 1] - _starts[row];

    /// <summary>The nonzeros of each row.</summary>
    public int[] Counts()
    {
        var counts = new int[Rows];
        for (var row = 0; row < counts.Length; row++)
        {
            counts[row] = Count(row);
        }

        return counts;
    }

    /// <summary>The first nonzero of a row, in <see cref="Places"/> and <see cref="Columns"/>.</summary>
    public int Start(int row) => _starts[row];

    /// <param name="outputs">Rows of the matrix.</param>
    /// <param name="inputs">Columns of the matrix.</param>
    /// <param name="isNonzero">Whether (row, column) holds a weight.</param>
    /// <param name="position">Where a column lies in the activations.</param>
    public static NonzeroRows Of(int outputs, int inputs, Func<int, int, bool> isNonzero, Func<int, int> position)
    {
        var places = new int[inputs];
        var columns = new int[inputs];
        for (var column = 0; column < inputs; column++)
        {
            (places[column], columns[column]) = (position(column), column);
        }

        Array.Sort(places, columns);
        var starts = new int[outputs + 1];
        var found = new List<int>();
        for (var output = 0; output < outputs; output++)
        {
            for (var i = 0; i < inputs; i++)
            {
                if (isNonzero(output, columns[i]))
                {
                    found.Add(i);
                }
            }

            starts[output + 1] = found.Count;
        }

        var order = found.ToArray();
        return new NonzeroRows(starts, Array.ConvertAll(order, i => places[i]), Array.ConvertAll(order, i => columns[i]), []);
    }

    /// <param name="codes">The weights by row, then column.</param>
    /// <param name="nonzeros">How many of them are not 0.</param>
    /// <param name="inputs">Columns of the matrix.</param>
    /// <param name="positions">Where each column lies in the activations, no two in one place; empty when none moved.</param>
    public static NonzeroRows Of(ReadOnlySpan<sbyte> codes, int nonzeros, int inputs, ReadOnlySpan<int> positions)
    {
        var starts = new int[(codes.Length / inputs) + 1];
        var places = GC.AllocateUninitializedArray<int>(nonzeros);
        var columns = positions.IsEmpty ? places : GC.AllocateUninitializedArray<int>(nonzeros);
        var found = GC.AllocateUninitializedArray<sbyte>(nonzeros);
        var columnAt = ColumnsByPlace(positions);
        var moved = new sbyte[columnAt.Length];
        var count = 0;
        for (var output = 0; output + 1 < starts.Length; output++)
        {
            var row = codes.Slice(output * inputs, inputs);
            if (!positions.IsEmpty)
            {
                for (var place = 0; place < moved.Length; place++)
                {
                    moved[place] = columnAt[place] < 0 ? (sbyte)0 : row[columnAt[place]];
                }

                row = moved;
            }

            var first = count;
            count = Find(row, places, found, count);
            for (var i = first; i < count && !positions.IsEmpty; i++)
            {
                columns[i] = columnAt[places[i]];
            }

            starts[output + 1] = count;
        }

        return new NonzeroRows(starts, places, columns, found);
    }

    /// <summary>The column in each place; −1 where there is none, because a layer before may have left a gap.</summary>
    private static int[] ColumnsByPlace(ReadOnlySpan<int> positions)
    {
        var width = 0;
        foreach (var position in positions)
        {
            width = Math.Max(width, position + 1);
        }

        var columns = new int[width];
        Array.Fill(columns, -1);
        for (var column = 0; column < positions.Length; column++)
        {
            columns[positions[column]] = column;
        }

        return columns;
    }

    /// <summary>Appends the nonzeros of a row; the new count.</summary>
    private static int Find(ReadOnlySpan<sbyte> row, Span<int> places, Span<sbyte> codes, int count)
    {
        var at = 0;
        ref var start = ref MemoryMarshal.GetReference(row);
        for (; at <= row.Length - NonzeroMasks.Width; at += NonzeroMasks.Width)
        {
            for (var mask = NonzeroMasks.Of(ref Unsafe.Add(ref start, at)); mask != 0; mask &= mask - 1)
            {
                var place = at + BitOperations.TrailingZeroCount(mask);
                (places[count], codes[count]) = (place, row[place]);
                count++;
            }
        }

        for (; at < row.Length; at++)
        {
            if (row[at] != 0)
            {
                (places[count], codes[count]) = (at, row[at]);
                count++;
            }
        }

        return count;
    }
}
