using System;

namespace Espalier.Numerics;

/// <summary>The scalar twin of <see cref="GridKernel"/>: the same numbers, one at a time.</summary>
internal sealed class GridKernelTwin
{
    private readonly uint[] _words = new uint[4 * RandomLanes.Count];

    public GridKernelTwin(RandomNumbers seeds)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = seeds.Next() | (i >= 3 * RandomLanes.Count ? 1u : 0);
        }
    }

    /// <summary>The next number of a lane.</summary>
    public uint Next(int lane)
    {
        var t = _words[lane] ^ (_words[lane] << 11);
        for (var i = lane; i < 3 * RandomLanes.Count; i += RandomLanes.Count)
        {
            _words[i] = _words[i + RandomLanes.Count];
        }

        ref var last = ref _words[(3 * RandomLanes.Count) + lane];
        return last ^= (last >> 19) ^ t ^ (t >> 8);
    }

    /// <summary>The point for a number, in steps.</summary>
    /// <param name="value">A number.</param>
    /// <param name="grid">Where to.</param>
    /// <param name="random">A random number, or null for nearest rounding.</param>
    /// <param name="wide">Whether a narrow grid goes the way of wide ones.</param>
    public static float Point(float value, WeightGrid grid, uint? random, bool wide = false)
    {
        var inside = Math.Clamp(value, -grid.Top * grid.Step, grid.Top * grid.Step);
        var nearest = MathF.Round(inside * (1 / grid.Step), MidpointRounding.ToEven);
        if (random is not { } bits)
        {
            return nearest;
        }

        return grid.Top <= NarrowGrid.LargestTop && !wide
            ? MathF.Floor((inside * (1 / grid.Step)) + BitConverter.UInt32BitsToSingle((bits & NarrowGrid.RandomBits) | NarrowGrid.FixedBits)) - 128
            : nearest + MathF.Round(((inside - (nearest * grid.Step)) * (1 / grid.Step)) + ((int)bits * WideGrid.Unit), MidpointRounding.ToEven);
    }

    /// <summary>The point that a point moves to; see <see cref="PointNumbers{T,TPoints}"/>.</summary>
    /// <param name="point">Where it is, in steps.</param>
    /// <param name="change">By how many steps, still to be rounded.</param>
    /// <param name="top">The last point.</param>
    /// <param name="random">A random number, or null for nearest rounding.</param>
    public static int Moved(int point, float change, int top, uint? random)
    {
        var noise = random is { } bits ? (int)bits * WideGrid.Unit : 0;
        return (int)Math.Clamp(point + MathF.Round(change + noise, MidpointRounding.ToEven), -top, top);
    }
}
