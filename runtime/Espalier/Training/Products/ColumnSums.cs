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
        // Column by column, so that sums stay in registers: row by row each term took a load and a store of its sum.
        var column = 0;
        for (; column + (4 * Vector<float>.Count) <= sums.Length; column += 4 * Vector<float>.Count)
        {
            var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (var at = column; at < rows.Length; at += sums.Length)
            {
                s0 += new Vector<float>(rows[at..]);
                s1 += new Vector<float>(rows[(at + Vector<float>.Count)..]);
                s2 += new Vector<float>(rows[(at + (2 * Vector<float>.Count))..]);
                s3 += new Vector<float>(rows[(at + (3 * Vector<float>.Count))..]);
            }

            s0.CopyTo(sums[column..]);
            s1.CopyTo(sums[(column + Vector<float>.Count)..]);
            s2.CopyTo(sums[(column + (2 * Vector<float>.Count))..]);
            s3.CopyTo(sums[(column + (3 * Vector<float>.Count))..]);
        }

        for (; column < sums.Length; column += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var at = column; at < rows.Length; at += sums.Length)
            {
                sum += new Vector<float>(rows[at..]);
            }

            sum.CopyTo(sums[column..]);
        }
    }
}
