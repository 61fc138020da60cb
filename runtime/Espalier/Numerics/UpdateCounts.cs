namespace Espalier.Numerics;

/// <summary>What became of updates on a grid.</summary>
/// <param name="Made">Updates that are not 0.</param>
/// <param name="Lost">Those below half a step: rounding to nearest makes them 0.</param>
internal readonly record struct UpdateCounts(long Made, long Lost)
{
    /// <summary>The share that nearest rounding loses, 0 to 1; null when there was no update.</summary>
    public double? Underflow => Made == 0 ? null : (double)Lost / Made;

    public static UpdateCounts operator +(UpdateCounts a, UpdateCounts b) => new(a.Made + b.Made, a.Lost + b.Lost);
}
