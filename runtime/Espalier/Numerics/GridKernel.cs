using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier.Numerics;

/// <summary>
/// Rounds floats to the multiples of a step, sixteen at a time. Written once over sixteen lanes: the runtime splits them where vectors are narrower, so bits are
/// equal everywhere. <see cref="GridKernelTwin"/> does the same number by number.
/// </summary>
/// <remarks>
/// A number lies a distance from its nearest point, at most half a step, and goes to the neighbour on its side with just that probability (Gupta et al., 2015): a
/// uniform number from −½ to ½ is added to the distance and the sum rounded to nearest. The distance is taken from what the point decodes to, the rounded product of
/// steps and step, so that a weight that rests on a point has a distance of exactly 0 and no draw moves it. Random numbers keep 24 bits: the bias is below 2⁻²³ of a
/// step, beside what fp32 itself loses of the number.
/// </remarks>
internal static class GridKernel
{
    /// <summary>Random numbers of a draw serve this many numbers when they are shared.</summary>
    public const int SharedBlock = 1024;

    /// <summary>Takes signed 32-bit numbers to −½ … ½. A power of two: fused with an addition or not, the bits are the same.</summary>
    internal const float Unit = 1f / (1L << 32);

    /// <summary>Rounds in place.</summary>
    /// <param name="values">A multiple of sixteen.</param>
    /// <param name="grid">Where to.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <typeparam name="TDraw">How random numbers are drawn.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round<TDraw>(Span<float> values, WeightGrid grid, RandomLanes random)
        where TDraw : struct, IDraw
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var (inverse, step) = (Vector512.Create(1 / grid.Step), Vector512.Create(grid.Step));
        var (top, bottom) = (Vector512.Create(grid.Top * grid.Step), Vector512.Create(-grid.Top * grid.Step));
        for (nuint i = 0; i < (nuint)values.Length; i += RandomLanes.Count)
        {
            if (TDraw.IsDue(i))
            {
                RandomLanes.Next(ref x, ref y, ref z, ref w);
            }

            var bits = TDraw.Turns(i) ? (w << 16) | (w >>> 16) : w;
            var value = Vector512.MinNative(top, Vector512.MaxNative(bottom, Vector512.LoadUnsafe(ref first, i)));
            (Point<TDraw>(value, step, inverse, bits) * step).StoreUnsafe(ref first, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }

    /// <summary>Rounds to numbers of steps.</summary>
    /// <param name="values">A multiple of sixteen.</param>
    /// <param name="codes">As many; the grid's top is at most 127.</param>
    /// <param name="grid">Where to.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <typeparam name="TDraw">How random numbers are drawn.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Encode<TDraw>(ReadOnlySpan<float> values, Span<sbyte> codes, WeightGrid grid, RandomLanes random)
        where TDraw : struct, IDraw
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var firstCode = ref MemoryMarshal.GetReference(codes);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var (inverse, step) = (Vector512.Create(1 / grid.Step), Vector512.Create(grid.Step));
        var (top, bottom) = (Vector512.Create(grid.Top * grid.Step), Vector512.Create(-grid.Top * grid.Step));
        for (nuint i = 0; i < (nuint)values.Length; i += RandomLanes.Count)
        {
            if (TDraw.IsDue(i))
            {
                RandomLanes.Next(ref x, ref y, ref z, ref w);
            }

            var bits = TDraw.Turns(i) ? (w << 16) | (w >>> 16) : w;
            var value = Vector512.MinNative(top, Vector512.MaxNative(bottom, Vector512.LoadUnsafe(ref first, i)));
            ToBytes(Vector512.ConvertToInt32Native(Point<TDraw>(value, step, inverse, bits))).StoreUnsafe(ref firstCode, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }

    /// <summary>Rounds weights that an update has moved off their points, and counts the updates that round to nothing.</summary>
    /// <param name="values">The moved weights, a multiple of sixteen; on the grid afterwards.</param>
    /// <param name="points">The points they were on before, in steps; those they are on afterwards.</param>
    /// <param name="grid">Where to.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <typeparam name="TDraw">How random numbers are drawn.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static UpdateCounts Update<TDraw>(Span<float> values, Span<short> points, WeightGrid grid, RandomLanes random)
        where TDraw : struct, IDraw
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var firstPoint = ref MemoryMarshal.GetReference(points);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var (inverse, step) = (Vector512.Create(1 / grid.Step), Vector512.Create(grid.Step));
        var (top, bottom) = (Vector512.Create(grid.Top * grid.Step), Vector512.Create(-grid.Top * grid.Step));
        var half = step * 0.5f;
        var (made, lost) = (Vector512<int>.Zero, Vector512<int>.Zero);
        for (nuint i = 0; i < (nuint)values.Length; i += RandomLanes.Count)
        {
            if (TDraw.IsDue(i))
            {
                RandomLanes.Next(ref x, ref y, ref z, ref w);
            }

            var bits = TDraw.Turns(i) ? (w << 16) | (w >>> 16) : w;
            var value = Vector512.LoadUnsafe(ref first, i);
            var old = Vector256.LoadUnsafe(ref firstPoint, i);
            var before = Vector512.ConvertToSingle(Vector512.Create(Vector256.WidenLower(old), Vector256.WidenUpper(old))) * step;
            var moved = ~Vector512.Equals(value, before);
            made -= moved.AsInt32();
            lost -= (moved & Vector512.LessThan(Vector512.Abs(value - before), half)).AsInt32();
            var point = Point<TDraw>(Vector512.MinNative(top, Vector512.MaxNative(bottom, value)), step, inverse, bits);
            var codes = Vector512.ConvertToInt32Native(point);
            Vector256.Narrow(codes.GetLower(), codes.GetUpper()).StoreUnsafe(ref firstPoint, i);
            (point * step).StoreUnsafe(ref first, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
        return new UpdateCounts(Vector512.Sum(made), Vector512.Sum(lost));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Point<TDraw>(Vector512<float> value, Vector512<float> step, Vector512<float> inverse, Vector512<uint> random)
        where TDraw : struct, IDraw
    {
        // Halves go to the even point. The overload that says so is a call that is not inlined: measured, a third of the throughput.
        var nearest = Vector512.Round(value * inverse);
        if (!TDraw.IsRandom)
        {
            return nearest;
        }

        var distance = (value - (nearest * step)) * inverse;
        return nearest + Vector512.Round(Vector512.MultiplyAddEstimate(Vector512.ConvertToSingle(random.AsInt32()), Vector512.Create(Unit), distance));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> ToBytes(Vector512<int> codes) => System.Runtime.Intrinsics.X86.Avx512F.IsSupported
        ? System.Runtime.Intrinsics.X86.Avx512F.ConvertToVector128SByte(codes)
        : Vector128.Narrow(
            Vector128.Narrow(codes.GetLower().GetLower(), codes.GetLower().GetUpper()),
            Vector128.Narrow(codes.GetUpper().GetLower(), codes.GetUpper().GetUpper()));
}
