using System;
using System.Collections.Generic;

namespace Espalier;

/// <summary>Chooses the grids between layers from what calibration samples show. One class per strategy.</summary>
public abstract record Calibration
{
    /// <summary>All strategies, with their defaults.</summary>
    public static IReadOnlyList<Calibration> All { get; } = [new PercentileCalibration(), new MinMaxCalibration(), new MeanSquaredErrorCalibration()];

    /// <summary>What the grid must hold; the rest is clamped.</summary>
    /// <param name="seen">The numbers of one edge, one at least.</param>
    /// <param name="top">The largest code.</param>
    internal abstract (float Lowest, float Highest) Range(CalibrationHistogram seen, int top);

    internal virtual void Validate()
    {
    }

    /// <summary>A grid for the numbers of one edge; it always holds 0.</summary>
    internal ActivationGrid Grid(CalibrationHistogram seen, int top)
    {
        if (seen.Count == 0)
        {
            return Over(0, 1, top);
        }

        var (lowest, highest) = Range(seen, top);
        return Over(lowest, highest, top);
    }

    private protected static ActivationGrid Over(float lowest, float highest, int top)
    {
        (lowest, highest) = (Math.Min(0, lowest), Math.Max(0, highest));
        if (highest - lowest < 1e-12f)
        {
            return new ActivationGrid(1f / top, 0, (ushort)top);
        }

        var scale = (highest - lowest) / top;
        return new ActivationGrid(scale, (ushort)Math.Clamp(MathF.Round(-lowest / scale), 0, top), (ushort)top);
    }
}

/// <summary>A grid that holds everything that was seen.</summary>
public sealed record MinMaxCalibration : Calibration
{
    internal override (float Lowest, float Highest) Range(CalibrationHistogram seen, int top) => (seen.Lowest, seen.Highest);
}

/// <summary>A grid that holds a share of what was seen, from each end: outliers are clamped, so that the rest gets finer steps.</summary>
/// <param name="Share">Above 0 and up to 1.</param>
public sealed record PercentileCalibration(double Share = 0.9995) : Calibration
{
    internal override (float Lowest, float Highest) Range(CalibrationHistogram seen, int top) => (seen.QuantileFromAbove(Share), seen.Quantile(Share));

    internal override void Validate()
    {
        if (Share is not (> 0 and <= 1))
        {
            throw new ArgumentException($"{nameof(PercentileCalibration)} has a share of {Share}; it is a share between 0 and 1.");
        }
    }
}

/// <summary>The grid with the least mean squared error, among ranges from the whole one down to a twentieth of it.</summary>
public sealed record MeanSquaredErrorCalibration : Calibration
{
    private const int Candidates = 96;
    private const double Smallest = 0.05;

    internal override (float Lowest, float Highest) Range(CalibrationHistogram seen, int top)
    {
        var (best, error) = ((seen.Lowest, seen.Highest), double.PositiveInfinity);
        for (var i = 0; i < Candidates; i++)
        {
            var part = (float)(1 - ((1 - Smallest) * i / (Candidates - 1)));
            var range = (seen.Lowest * part, seen.Highest * part);
            var candidate = seen.SquaredError(Over(range.Item1, range.Item2, top));
            if (candidate < error)
            {
                (best, error) = (range, candidate);
            }
        }

        return best;
    }
}
