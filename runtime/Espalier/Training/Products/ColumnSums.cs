using System;
using System.Numerics;

namespace Espalier;

/// <summary>Sums of a matrix's columns: a bias's gradient is the sum of its layer's gradients over the batch.</summary>
internal static class ColumnSums
{
    /// <param name="rows">Row after row, each as long as <paramref name="sums"/>.</param>
    /// <param name="sums">Whole cache lines, so there is no rest.</param>
    public static void Run(ReadOnlySpan<float> rows, Span<float> sums)
    {
        sums.Clear();
        for (; !rows.IsEmpty; rows = rows[sums.Length..])
        {
            for (var column = 0; column < sums.Length; column += Vector<float>.Count)
            {
                (new Vector<float>(sums[column..]) + new Vector<float>(rows[column..])).CopyTo(sums[column..]);
            }
        }
    }
}
