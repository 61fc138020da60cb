using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Coding;

/// <summary>Guesses at which inputs are neighbours: distances at which columns are alike in how many weights they have.</summary>
internal static class NeighbourPeriods
{
    private const int Longest = 512;
    private const int Guesses = 2;

    /// <summary>None, one after the other, and the distances of the highest peaks of the columns' autocorrelation; each is to be tried.</summary>
    /// <param name="ranks">Weights by output, then input.</param>
    /// <param name="columns">Inputs.</param>
    /// <param name="hints">Distances that the layer's shape suggests; those that make no sense are left out.</param>
    public static IReadOnlyList<int> Of(ReadOnlySpan<short> ranks, int columns, ReadOnlySpan<int> hints)
    {
        var counts = new double[columns];
        var at = 0;
        foreach (var rank in ranks)
        {
            counts[at] += rank != 0 ? 1 : 0;
            at = at + 1 == columns ? 0 : at + 1;
        }

        var mean = counts.DefaultIfEmpty().Average();
        var likeness = new double[Math.Min(Longest, columns / 3)];
        for (var distance = 1; distance < likeness.Length; distance++)
        {
            for (var column = distance; column < columns; column++)
            {
                likeness[distance] += (counts[column] - mean) * (counts[column - distance] - mean);
            }

            likeness[distance] /= columns - distance;
        }

        var peaks = Enumerable.Range(2, Math.Max(0, likeness.Length - 3))
            .Where(distance => likeness[distance] > 0 && likeness[distance] > likeness[distance - 1] && likeness[distance] >= likeness[distance + 1])
            .OrderByDescending(distance => likeness[distance]).ThenBy(distance => distance).Take(Guesses);
        int[] suggested = [.. hints];
        return columns < 2 ? [0] : [.. new[] { 0, 1 }.Concat(peaks).Concat(suggested.Where(hint => hint > 1 && hint < columns)).Distinct()];
    }
}
