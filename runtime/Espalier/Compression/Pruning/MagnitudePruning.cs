using System;

namespace Espalier;

/// <summary>Keeps the weights of largest magnitude.</summary>
internal static class MagnitudePruning
{
    /// <summary>The cubic curve of Zhu and Gupta (2017): quick while there is much to spare, slow at the end.</summary>
    /// <param name="target">The sparsity at the end.</param>
    /// <param name="progress">How much of the ramp is done, 0 to 1.</param>
    public static double Sparsity(double target, double progress)
    {
        var left = 1 - Math.Clamp(progress, 0, 1);
        return target * (1 - (left * left * left));
    }

    /// <summary>A mask that keeps the largest weights.</summary>
    /// <param name="weights">Weights, padding included.</param>
    /// <param name="count">Weights without padding.</param>
    /// <param name="sparsity">The share of <paramref name="count"/> to remove.</param>
    public static bool[] Mask(ReadOnlySpan<float> weights, int count, double sparsity)
    {
        var keep = count - (int)Math.Round(sparsity * count, MidpointRounding.AwayFromZero);
        var magnitudes = new float[weights.Length];
        var order = new int[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            magnitudes[i] = -Math.Abs(weights[i]);
            order[i] = i;
        }

        // By magnitude, then by place: equal weights must not make the choice depend on the sort.
        Array.Sort(order, (x, y) => magnitudes[x] != magnitudes[y] ? magnitudes[x].CompareTo(magnitudes[y]) : x.CompareTo(y));
        var mask = new bool[weights.Length];
        for (var i = 0; i < keep; i++)
        {
            // Padding is exactly 0 and so comes last; a layer that has lost more already keeps its zeros masked.
            mask[order[i]] = weights[order[i]] != 0;
        }

        return mask;
    }
}
