using System;
using System.Numerics;

namespace Espalier.Numerics;

/// <summary>Looks for infinities and NaN.</summary>
internal static class FiniteNumbers
{
    /// <summary>Whether all numbers are finite.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        // x·0 is 0 for finite numbers and NaN for all others, and NaN stays in every sum.
        var (sums, i) = (Vector<float>.Zero, 0);
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += new Vector<float>(values[i..]) * 0f;
        }

        var sum = Vector.Sum(sums);
        for (; i < values.Length; i++)
        {
            sum += values[i] * 0f;
        }

        return !float.IsNaN(sum);
    }
}
