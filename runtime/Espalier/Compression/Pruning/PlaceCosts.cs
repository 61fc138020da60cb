using System;

namespace Espalier;

/// <summary>How many bits the places of a layer's weights take, estimated from how full their rows and columns are: what the range coder's contexts see.</summary>
internal static class PlaceCosts
{
    // Sign and index of a weight that is there, about.
    private const float ValueBits = 2.5f;

    /// <summary>Divides scores by the bits that a weight at their place takes.</summary>
    /// <param name="scores">By input, then output; rows of <paramref name="stride"/>.</param>
    /// <param name="stride">Outputs with padding.</param>
    /// <param name="kept">Which places have a weight now, in the same order.</param>
    public static void Divide(Span<float> scores, int stride, ReadOnlySpan<bool> kept)
    {
        var (rows, columns) = (new int[kept.Length / stride], new int[stride]);
        var total = 0;
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i])
            {
                rows[i / stride]++;
                columns[i % stride]++;
                total++;
            }
        }

        var (rowBits, columnBits) = (Bits(rows, total), Bits(columns, total));
        var totalBits = MathF.Log2(MathF.Max(1, total));
        for (var i = 0; i < scores.Length; i++)
        {
            // Rows and columns as if they were independent: p = row · column / total, at most one half.
            scores[i] /= MathF.Max(1, rowBits[i / stride] + columnBits[i % stride] - totalBits) + ValueBits;
        }
    }

    /// <summary>−log2 of each line's share, and of the total once more; an empty line counts as half a weight.</summary>
    private static float[] Bits(int[] counts, int total)
    {
        var bits = new float[counts.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = -MathF.Log2(MathF.Max(0.5f, counts[i]) / MathF.Max(1, total));
        }

        return bits;
    }
}
