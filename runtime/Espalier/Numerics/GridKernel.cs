using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier.Numerics;

/// <summary>
/// Rounds floats to the multiples of a step. A number goes to the neighbour on either side with just the probability of its distance (Gupta et al., 2015): a uniform
/// number from −½ to ½ is added and the sum rounded to nearest. Written once over <see cref="IGridLanes{TFloats,TWords}"/>: bits are equal on every tier, and
/// <see cref="GridKernelTwin"/> does the same number by number.
/// </summary>
/// <remarks>
/// Blocks of 64 numbers share a draw of sixteen (<see cref="FreshDraw"/>). Where a vector holds fewer than sixteen floats, the generators that fit one go over a stretch of
/// the numbers first, then the next: their state stays in registers, which sixteen of them would not leave room for.
/// </remarks>
internal static partial class GridKernel
{
    /// <summary>Random numbers of a draw serve this many numbers when they are shared.</summary>
    public const int SharedBlock = 1024;

    /// <summary>Numbers that take turns with a draw.</summary>
    public const int Block = 4 * RandomLanes.Count;

    /// <summary>Numbers that groups of generators go over in turn: 16 KB, which the first-level cache keeps. A multiple of both blocks.</summary>
    private const int Stretch = 4096;

    /// <summary>Rounds in place.</summary>
    /// <param name="values">A multiple of sixteen.</param>
    /// <param name="grid">Where to.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <typeparam name="TDraw">How random numbers are drawn.</typeparam>
    public static void Round<TDraw>(Span<float> values, WeightGrid grid, RandomLanes random)
        where TDraw : struct, IDraw
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var narrow = grid.Top <= NarrowGrid.LargestTop;
        if (Vector512.IsHardwareAccelerated && narrow)
        {
            RoundStretch<TDraw, NarrowGrid, GridLanes512, Vector512<float>, Vector512<uint>>(ref first, 0, values.Length, grid, ref random.Words);
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            RoundStretch<TDraw, WideGrid, GridLanes512, Vector512<float>, Vector512<uint>>(ref first, 0, values.Length, grid, ref random.Words);
        }
        else
        {
            for (var start = 0; start < values.Length; start += Stretch)
            {
                var end = Math.Min(start + Stretch, values.Length);
                for (var group = 0; group < RandomLanes.Count; group += GridLanes256.Count)
                {
                    if (narrow)
                    {
                        RoundStretch<TDraw, NarrowGrid, GridLanes256, Vector256<float>, Vector256<uint>>(ref Unsafe.Add(ref first, group), start, end, grid, ref Unsafe.Add(ref random.Words, group));
                    }
                    else
                    {
                        RoundStretch<TDraw, WideGrid, GridLanes256, Vector256<float>, Vector256<uint>>(ref Unsafe.Add(ref first, group), start, end, grid, ref Unsafe.Add(ref random.Words, group));
                    }
                }
            }
        }
    }

    /// <summary>Rounds to numbers of steps.</summary>
    /// <param name="values">A multiple of sixteen.</param>
    /// <param name="codes">As many; the grid's top is at most 127.</param>
    /// <param name="grid">Where to.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <typeparam name="TDraw">How random numbers are drawn.</typeparam>
    public static void Encode<TDraw>(ReadOnlySpan<float> values, Span<sbyte> codes, WeightGrid grid, RandomLanes random)
        where TDraw : struct, IDraw
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var code = ref MemoryMarshal.GetReference(codes);
        if (Vector512.IsHardwareAccelerated)
        {
            EncodeStretch<TDraw, GridLanes512, Vector512<float>, Vector512<uint>>(ref first, ref code, 0, values.Length, grid, ref random.Words);
            return;
        }

        for (var start = 0; start < values.Length; start += Stretch)
        {
            var end = Math.Min(start + Stretch, values.Length);
            for (var group = 0; group < RandomLanes.Count; group += GridLanes256.Count)
            {
                EncodeStretch<TDraw, GridLanes256, Vector256<float>, Vector256<uint>>(
                    ref Unsafe.Add(ref first, group), ref Unsafe.Add(ref code, group), start, end, grid, ref Unsafe.Add(ref random.Words, group));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RoundStretch<TDraw, TGrid, TLanes, TFloats, TWords>(ref float first, int start, int end, WeightGrid grid, ref uint state)
        where TDraw : struct, IDraw
        where TGrid : struct, IGridWidth
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        var (x, y, z, w) = Load<TLanes, TFloats, TWords>(ref state);
        var all = new Constants<TFloats>(TLanes.Broadcast(grid.Step), TLanes.Broadcast(1 / grid.Step), TLanes.Broadcast(grid.Top * grid.Step), TLanes.Broadcast(-grid.Top * grid.Step), TLanes.Broadcast(-128 * grid.Step));
        var words = w;
        var i = (nuint)start;
        for (; i + Block <= (nuint)end; i += Block)
        {
            words = TDraw.IsRandom && TDraw.IsDue(i) ? TLanes.Draw(ref x, ref y, ref z, ref w) : words;
            TLanes.Store(Rounded<TDraw, TGrid, TLanes, TFloats, TWords>(TLanes.Load(ref first, i), all, words), ref first, i);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
            TLanes.Store(Rounded<TDraw, TGrid, TLanes, TFloats, TWords>(TLanes.Load(ref first, i + 16), all, words), ref first, i + 16);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
            TLanes.Store(Rounded<TDraw, TGrid, TLanes, TFloats, TWords>(TLanes.Load(ref first, i + 32), all, words), ref first, i + 32);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
            TLanes.Store(Rounded<TDraw, TGrid, TLanes, TFloats, TWords>(TLanes.Load(ref first, i + 48), all, words), ref first, i + 48);
        }

        if (i < (nuint)end && TDraw.IsRandom && TDraw.IsDue(i))
        {
            words = TLanes.Draw(ref x, ref y, ref z, ref w);
        }

        for (; i < (nuint)end; i += RandomLanes.Count)
        {
            TLanes.Store(Rounded<TDraw, TGrid, TLanes, TFloats, TWords>(TLanes.Load(ref first, i), all, words), ref first, i);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
        }

        Store<TLanes, TFloats, TWords>(x, y, z, w, ref state);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EncodeStretch<TDraw, TLanes, TFloats, TWords>(ref float first, ref sbyte code, int start, int end, WeightGrid grid, ref uint state)
        where TDraw : struct, IDraw
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        var (x, y, z, w) = Load<TLanes, TFloats, TWords>(ref state);
        var (inverse, top, bottom) = (TLanes.Broadcast(1 / grid.Step), TLanes.Broadcast(grid.Top * grid.Step), TLanes.Broadcast(-grid.Top * grid.Step));
        var words = w;
        var i = (nuint)start;
        for (; i + Block <= (nuint)end; i += Block)
        {
            words = TDraw.IsRandom && TDraw.IsDue(i) ? TLanes.Draw(ref x, ref y, ref z, ref w) : words;
            var a = Steps<TDraw, TLanes, TFloats, TWords>(TLanes.ClampNumber(TLanes.Load(ref first, i), bottom, top), inverse, words);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
            var b = Steps<TDraw, TLanes, TFloats, TWords>(TLanes.ClampNumber(TLanes.Load(ref first, i + 16), bottom, top), inverse, words);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
            var c = Steps<TDraw, TLanes, TFloats, TWords>(TLanes.ClampNumber(TLanes.Load(ref first, i + 32), bottom, top), inverse, words);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
            var d = Steps<TDraw, TLanes, TFloats, TWords>(TLanes.ClampNumber(TLanes.Load(ref first, i + 48), bottom, top), inverse, words);
            TLanes.StoreFour(a, b, c, d, TDraw.IsRandom, ref code, i);
        }

        if (i < (nuint)end && TDraw.IsRandom && TDraw.IsDue(i))
        {
            words = TLanes.Draw(ref x, ref y, ref z, ref w);
        }

        for (; i < (nuint)end; i += RandomLanes.Count)
        {
            TLanes.StoreOne(Steps<TDraw, TLanes, TFloats, TWords>(TLanes.ClampNumber(TLanes.Load(ref first, i), bottom, top), inverse, words), TDraw.IsRandom, ref code, i);
            words = Turn<TDraw, TLanes, TFloats, TWords>(words);
        }

        Store<TLanes, TFloats, TWords>(x, y, z, w, ref state);
    }

    /// <summary>The value of the point for a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Rounded<TDraw, TGrid, TLanes, TFloats, TWords>(TFloats value, Constants<TFloats> all, TWords words)
        where TDraw : struct, IDraw
        where TGrid : struct, IGridWidth
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        var inside = TLanes.Clamp(value, all.Bottom, all.Top);
        if (!TDraw.IsRandom)
        {
            return TLanes.Multiply(TLanes.Nearest(TLanes.Multiply(inside, all.Inverse)), all.Step);
        }

        return TGrid.IsWide
            ? TLanes.Multiply(WidePoint<TLanes, TFloats, TWords>(inside, all.Step, all.Inverse, words), all.Step)
            : TLanes.TimesFrom128(TLanes.Floor(Steps<TDraw, TLanes, TFloats, TWords>(inside, all.Inverse, words)), all.Step, all.Negated128);
    }

    /// <summary>A number of steps that is still to be rounded to nearest, or with 128 and a random number added, to be cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Steps<TDraw, TLanes, TFloats, TWords>(TFloats value, TFloats inverse, TWords words)
        where TDraw : struct, IDraw
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        var steps = TLanes.Multiply(value, inverse);
        return TDraw.IsRandom ? TLanes.Add(steps, TLanes.From128(words)) : steps;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats WidePoint<TLanes, TFloats, TWords>(TFloats value, TFloats step, TFloats inverse, TWords words)
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        var nearest = TLanes.Nearest(TLanes.Multiply(value, inverse));
        var distance = TLanes.Multiply(TLanes.Subtract(value, TLanes.Multiply(nearest, step)), inverse);
        return TLanes.Add(nearest, TLanes.Nearest(TLanes.Add(distance, TLanes.Multiply(TLanes.FromSigned(words), TLanes.Broadcast(WideGrid.Unit)))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWords Turn<TDraw, TLanes, TFloats, TWords>(TWords words)
        where TDraw : struct, IDraw
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct => TDraw.Turns ? TLanes.TurnByEight(words) : words;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TWords X, TWords Y, TWords Z, TWords W) Load<TLanes, TFloats, TWords>(ref uint state)
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct => (
            TLanes.LoadWords(ref state, 0), TLanes.LoadWords(ref state, RandomLanes.Count), TLanes.LoadWords(ref state, 2 * RandomLanes.Count), TLanes.LoadWords(ref state, 3 * RandomLanes.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TFloats, TWords>(TWords x, TWords y, TWords z, TWords w, ref uint state)
        where TLanes : struct, IGridLanes<TFloats, TWords>
        where TFloats : struct
        where TWords : struct
    {
        TLanes.StoreWords(x, ref state, 0);
        TLanes.StoreWords(y, ref state, RandomLanes.Count);
        TLanes.StoreWords(z, ref state, 2 * RandomLanes.Count);
        TLanes.StoreWords(w, ref state, 3 * RandomLanes.Count);
    }

    private readonly record struct Constants<TFloats>(TFloats Step, TFloats Inverse, TFloats Top, TFloats Bottom, TFloats Negated128);
}
