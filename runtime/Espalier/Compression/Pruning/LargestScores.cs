using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier;

/// <summary>Finds the largest of many scores in two passes over their bits, without sorting: sorting 235,200 weights takes longer than the batches between two masks.</summary>
internal static class LargestScores
{
    private const int Half = 16;

    /// <summary>Marks the largest scores of all arrays taken together; of equal ones the first.</summary>
    /// <param name="scores">Finite and not negative; those that are 0 are never marked.</param>
    /// <param name="keep">How many to mark, if there are as many above 0.</param>
    /// <returns>For each array, which of its scores are marked.</returns>
    public static bool[][] Mark(IReadOnlyList<float[]> scores, int keep)
    {
        if (keep <= 0)
        {
            return [.. scores.Select(values => new bool[values.Length])];
        }

        // Floats that are not negative have the order of their bits: first the upper half's bucket, then the lower half within it.
        var (upper, above) = Bucket(scores, keep, bits => bits >>> Half);
        var (lower, ties) = Bucket(scores, keep - above, bits => bits >>> Half == upper ? bits & ((1 << Half) - 1) : -1);
        var threshold = (upper << Half) | lower;
        var equal = keep - above - ties;
        var marked = new bool[scores.Count][];
        for (var array = 0; array < marked.Length; array++)
        {
            var values = scores[array];
            var kept = marked[array] = new bool[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var bits = BitConverter.SingleToInt32Bits(values[i]);
                kept[i] = bits > 0 && (bits > threshold || (bits == threshold && equal-- > 0));
            }
        }

        return marked;
    }

    /// <summary>The bucket in which the count from above reaches what is to be kept, and how many lie above it.</summary>
    private static (int Bucket, int Above) Bucket(IReadOnlyList<float[]> scores, int keep, Func<int, int> bucketOf)
    {
        var counts = new int[1 << Half];
        foreach (var values in scores)
        {
            foreach (var value in values)
            {
                var bucket = bucketOf(BitConverter.SingleToInt32Bits(value));
                if (bucket >= 0)
                {
                    counts[bucket]++;
                }
            }
        }

        var above = 0;
        var at = counts.Length - 1;
        for (; at > 0 && above + counts[at] < keep; at--)
        {
            above += counts[at];
        }

        return (at, above);
    }
}
