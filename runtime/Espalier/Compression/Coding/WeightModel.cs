using System;
using System.Runtime.CompilerServices;

namespace Espalier.Coding;

/// <summary>
/// The order in which a layer's weights are coded, and all that is known about each: first which outputs and inputs have any weight,
/// then, row by row and only where both do, whether there is a weight and which.
/// </summary>
internal static class WeightModel
{
    /// <summary>Codes every weight of a layer.</summary>
    /// <param name="coder">Where they go, or come from.</param>
    /// <param name="shape">What is known before.</param>
    /// <param name="ranks">By output, then input: 0 for no weight, otherwise the rank of its value; a decoder, which gets zeros, fills them in.</param>
    /// <exception cref="MalformedBlobException">What is decoded does not fit to what is known.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Code<TCoder>(ref TCoder coder, WeightShape shape, Span<short> ranks)
        where TCoder : struct, IBinaryCoder
    {
        if (shape.Nonzeros == 0)
        {
            return;
        }

        var (rows, columns) = Occupied(shape, ranks);
        var full = shape.Nonzeros == shape.Weights;
        if (!full)
        {
            OccupancyModel.Code(ref coder, rows, 0);
            OccupancyModel.Code(ref coder, columns, shape.Period);
        }

        var around = new WeightNeighbourhood(shape);
        var mask = new MaskModel(shape, around);
        var values = new RankModel(shape, around);
        var places = Places(columns, full);
        var left = shape.Nonzeros;
        for (var row = 0; row < shape.Rows && left > 0; row++)
        {
            if (!full && !rows[row])
            {
                continue;
            }

            var line = ranks.Slice(row * shape.Columns, shape.Columns);
            foreach (var column in places)
            {
                ref var rank = ref line[column];
                if (full || (left > 0 && mask.Code(ref coder, column, rank != 0 ? 1 : 0) != 0))
                {
                    rank = (short)values.Code(ref coder, column, rank);
                    left--;
                }

                around.Note(column, rank);
            }

            around.EndRow();
        }

        if (left != 0)
        {
            throw new MalformedBlobException("a layer has fewer weights than it names");
        }
    }

    /// <summary>Which lines have a weight: what an encoder codes. A decoder's are all empty, and read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (bool[] Rows, bool[] Columns) Occupied(WeightShape shape, ReadOnlySpan<short> ranks)
    {
        var (rows, columns) = (new bool[shape.Rows], new bool[shape.Columns]);
        for (var row = 0; row < rows.Length; row++)
        {
            var line = ranks.Slice(row * columns.Length, columns.Length);
            for (var column = line.IndexOfAnyExcept((short)0); column >= 0 && column < line.Length; column++)
            {
                rows[row] |= line[column] != 0;
                columns[column] |= line[column] != 0;
            }
        }

        return (rows, columns);
    }

    private static int[] Places(bool[] columns, bool full)
    {
        var count = 0;
        foreach (var occupied in columns)
        {
            count += occupied || full ? 1 : 0;
        }

        var places = new int[count];
        var next = 0;
        for (var column = 0; next < count; column++)
        {
            if (full || columns[column])
            {
                places[next++] = column;
            }
        }

        return places;
    }
}
