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

    /// <summary>How many of a layer's weights are kept.</summary>
    /// <param name="count">Weights without padding.</param>
    /// <param name="sparsity">The share to remove.</param>
    public static int Kept(int count, double sparsity) => count - (int)Math.Round(sparsity * count, MidpointRounding.AwayFromZero);

    /// <summary>A mask that keeps the largest weights of one layer; zeros, padding among them, are never kept.</summary>
    /// <param name="weights">Weights, padding included.</param>
    /// <param name="count">Weights without padding.</param>
    /// <param name="sparsity">The share of <paramref name="count"/> to remove.</param>
    public static bool[] Mask(ReadOnlySpan<float> weights, int count, double sparsity) =>
        LargestScores.Mark([Magnitudes(weights)], Kept(count, sparsity))[0];

    public static float[] Magnitudes(ReadOnlySpan<float> weights)
    {
        var magnitudes = new float[weights.Length];
        for (var i = 0; i < magnitudes.Length; i++)
        {
            magnitudes[i] = Math.Abs(weights[i]);
        }

        return magnitudes;
    }
}
