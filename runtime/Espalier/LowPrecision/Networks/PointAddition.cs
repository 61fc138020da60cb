using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Points as terms of fp32 sums, and sums rounded back to points. <see cref="GridKernelTwin.Moved"/> is the scalar twin of the addition.</summary>
internal static class PointAddition<T, TPoints>
    where T : unmanaged
    where TPoints : struct, IPoints<T>
{
    private const int Lanes = RandomLanes.Count;

    /// <summary>Adds a multiple of points to sums; multiplied and added apart, so that bits are equal everywhere.</summary>
    /// <param name="points">A multiple of sixteen.</param>
    /// <param name="factor">The multiple, for a step.</param>
    /// <param name="sums">As many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(ReadOnlySpan<T> points, float factor, Span<float> sums)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, points.Length);
        ref var point = ref MemoryMarshal.GetReference(points);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var times = Vector512.Create(factor);
        for (nuint i = 0; i < (nuint)points.Length; i += Lanes)
        {
            (Vector512.LoadUnsafe(ref sum, i) + (TPoints.Load(ref point, i) * times)).StoreUnsafe(ref sum, i);
        }
    }

    /// <summary>Moves points by a multiple of changes, rounded.</summary>
    /// <param name="points">A multiple of sixteen.</param>
    /// <param name="changes">As many.</param>
    /// <param name="factor">The multiple, in steps.</param>
    /// <param name="rounding">How they are rounded.</param>
    /// <param name="random">Generators of the calling thread.</param>
    public static void Add(Span<T> points, ReadOnlySpan<float> changes, float factor, Rounding rounding, RandomLanes random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(changes.Length, points.Length);
        if (rounding == Rounding.Stochastic)
        {
            Add<FreshDraw>(points, changes, factor, random);
        }
        else
        {
            Add<NoDraw>(points, changes, factor, random);
        }
    }

    /// <summary>The change alone is rounded, not the sum: of a sum with thousands of steps fp32 would keep too little behind the point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TDraw>(Span<T> points, ReadOnlySpan<float> changes, float factor, RandomLanes random)
        where TDraw : struct, IDraw
    {
        ref var change = ref MemoryMarshal.GetReference(changes);
        ref var point = ref MemoryMarshal.GetReference(points);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var (times, unit, top) = (Vector512.Create(factor), Vector512.Create(WideGrid.Unit), Vector512.Create((float)TPoints.Top));
        var words = w;
        for (nuint i = 0; i < (nuint)points.Length; i += Lanes)
        {
            var steps = Vector512.LoadUnsafe(ref change, i) * times;
            if (TDraw.IsRandom)
            {
                words = i % GridKernel.Block == 0 ? RandomLanes.Next(ref x, ref y, ref z, ref w) : GridLanes512.TurnByEight(words);
                steps += Vector512.ConvertToSingle(words.AsInt32()) * unit;
            }

            var sum = TPoints.Load(ref point, i) + Vector512.Round(steps);
            TPoints.Store(Vector512.MinNative(top, Vector512.MaxNative(-top, sum)), ref point, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }
}
