using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Weights go to the nearest multiple of one step for each output. The step is the one of least squared error: with few bits a step that
/// spans the largest weight would take most of the others to 0.
/// </summary>
internal sealed class GridTrial : TrialCompression
{
    /// <summary>Steps that are tried, from the one that spans the largest weight down.</summary>
    private const int Candidates = 32;

    public override SensitivityKind Kind => SensitivityKind.GridBits;

    public override IReadOnlyList<double> Settings(SensitivityOptions options) => [.. options.GridBits.Select(bits => (double)bits)];

    public override float[] Compress(float[] weights, int columns, double setting)
    {
        var result = new float[weights.Length];
        for (var start = 0; start < weights.Length; start += columns)
        {
            var row = weights.AsSpan(start, columns);
            if (setting == 1)
            {
                Signs(row, result.AsSpan(start, columns));
            }
            else
            {
                Round(row, result.AsSpan(start, columns), (1 << ((int)setting - 1)) - 1);
            }
        }

        return result;
    }

    /// <summary>The mean magnitude is the best scale for signs (Rastegari et al., 2016).</summary>
    private static void Signs(ReadOnlySpan<float> weights, Span<float> result)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += Math.Abs(weight);
        }

        for (var i = 0; i < weights.Length; i++)
        {
            result[i] = MathF.Sign(weights[i]) * (float)(sum / weights.Length);
        }
    }

    private static void Round(ReadOnlySpan<float> weights, Span<float> result, int top)
    {
        var largest = 0f;
        foreach (var weight in weights)
        {
            largest = Math.Max(largest, Math.Abs(weight));
        }

        var (best, least) = (new WeightGrid(1, top), double.PositiveInfinity);
        for (var candidate = Candidates; candidate > 0 && largest > 0; candidate--)
        {
            var grid = new WeightGrid(largest * candidate / (Candidates * top), top);
            var error = Error(weights, grid);
            (best, least) = error < least ? (grid, error) : (best, least);
        }

        for (var i = 0; i < weights.Length; i++)
        {
            result[i] = best.Step * best.Nearest(weights[i]);
        }
    }

    private static double Error(ReadOnlySpan<float> weights, WeightGrid grid)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            var difference = weight - (grid.Step * grid.Nearest(weight));
            sum += difference * difference;
        }

        return sum;
    }
}
