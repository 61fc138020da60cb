using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier.Numerics;

/// <summary>
/// Rounds fp32 to fp16 and bf16, sixteen numbers at a time, in vectors that the runtime splits where they are narrower: the same bits everywhere.
/// <see cref="FormatKernelTwin"/> does the same number by number.
/// </summary>
/// <remarks>
/// Between two neighbours of a format fp32's numbers are evenly spaced, and so are their bits: a uniform number of the dropped bits is added and the sum cut off, which
/// goes up with just the probability of the fraction. That holds across powers of two as well, because a carry leads to the next exponent. Below fp16's normal numbers
/// the grid is uniform. So rounding is unbiased without any estimate but the random numbers' own 13, 16 or 24 bits, and a number of the format has no bits to add to.
/// </remarks>
internal static class FormatKernel
{
    /// <summary>Rounds in place.</summary>
    /// <param name="values">A multiple of sixteen.</param>
    /// <param name="limit">What magnitudes are limited to before: the format's largest number, or infinity so that overflow becomes infinite as in a processor.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <param name="shared">Whether a draw serves <see cref="GridKernel.SharedBlock"/> numbers, instead of one for each.</param>
    /// <typeparam name="TFormat">Where to.</typeparam>
    /// <typeparam name="TDraw">Whether to round by chance.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Round<TFormat, TDraw>(Span<float> values, float limit, RandomLanes random, bool shared)
        where TFormat : struct, IStoredFloats
        where TDraw : struct, IDraw
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        for (nuint i = 0; i < (nuint)values.Length; i += RandomLanes.Count)
        {
            if (TDraw.IsRandom && (!shared || i % GridKernel.SharedBlock == 0))
            {
                RandomLanes.Next(ref x, ref y, ref z, ref w);
            }

            Number<TFormat, TDraw>(Vector512.LoadUnsafe(ref first, i), Vector512.Create(limit), w).StoreUnsafe(ref first, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }

    /// <summary>Rounds weights that an update has moved, and counts updates that rounding to nearest would lose.</summary>
    /// <param name="values">The moved weights, a multiple of sixteen; numbers of the format afterwards.</param>
    /// <param name="codes">The format's bits: of the weights before the update, then after it.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <param name="shared">Whether a draw serves <see cref="GridKernel.SharedBlock"/> numbers, instead of one for each.</param>
    /// <typeparam name="TFormat">Where to.</typeparam>
    /// <typeparam name="TDraw">Whether to round by chance.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static UpdateCounts Update<TFormat, TDraw>(Span<float> values, Span<ushort> codes, RandomLanes random, bool shared)
        where TFormat : struct, IStoredFloats
        where TDraw : struct, IDraw
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var firstCode = ref MemoryMarshal.GetReference(codes);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var (made, lost) = (Vector512<int>.Zero, Vector512<int>.Zero);
        var limit = Vector512.Create(TFormat.Largest);
        for (nuint i = 0; i < (nuint)values.Length; i += RandomLanes.Count)
        {
            if (TDraw.IsRandom && (!shared || i % GridKernel.SharedBlock == 0))
            {
                RandomLanes.Next(ref x, ref y, ref z, ref w);
            }

            var value = Vector512.LoadUnsafe(ref first, i);
            var before = Decode<TFormat>(Vector256.LoadUnsafe(ref firstCode, i));
            var moved = ~Vector512.Equals(value, before);
            made -= moved.AsInt32();
            lost -= (moved & Vector512.Equals(Number<TFormat, NoDraw>(value, limit, w), before)).AsInt32();
            var number = Number<TFormat, TDraw>(value, limit, w);
            number.StoreUnsafe(ref first, i);
            Encode<TFormat>(number).StoreUnsafe(ref firstCode, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
        return new UpdateCounts(Vector512.Sum(made), Vector512.Sum(lost));
    }

    /// <summary>Numbers of the format's bits.</summary>
    /// <param name="codes">A multiple of sixteen.</param>
    /// <param name="values">As many.</param>
    /// <typeparam name="TFormat">The format.</typeparam>
    public static void Decode<TFormat>(ReadOnlySpan<ushort> codes, Span<float> values)
        where TFormat : struct, IStoredFloats
    {
        for (nuint i = 0; i < (nuint)values.Length; i += RandomLanes.Count)
        {
            Decode<TFormat>(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(codes), i)).StoreUnsafe(ref MemoryMarshal.GetReference(values), i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Number<TFormat, TDraw>(Vector512<float> unlimited, Vector512<float> limit, Vector512<uint> random)
        where TFormat : struct, IStoredFloats
        where TDraw : struct, IDraw
    {
        var value = Vector512.MinNative(limit, Vector512.MaxNative(-limit, unlimited));
        var bits = value.AsUInt32();
        var dropped = TFormat.DroppedBits;
        var half = Vector512.Create((1u << (dropped - 1)) - 1);
        var added = TDraw.IsRandom ? random >>> (32 - dropped) : half + ((bits >>> dropped) & Vector512.Create(1u));
        var rounded = ((bits + added) & Vector512.Create(~0u << dropped)).AsSingle();
        if (TFormat.SmallestNormal > 0)
        {
            var magnitude = Vector512.Abs(value);
            var steps = magnitude * (1 / TFormat.SmallestStep);
            var below = Vector512.Floor(steps);
            var whole = TDraw.IsRandom
                ? below + (Vector512.LessThan(Vector512.ConvertToSingle((random >>> 8).AsInt32()) * (1f / (1 << 24)), steps - below) & Vector512<float>.One)
                : Vector512.Round(steps);
            var small = (whole * TFormat.SmallestStep) | (value & Vector512.Create(-0f));
            rounded = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(TFormat.SmallestNormal)), small, rounded);

            var beyond = Vector512.GreaterThan(Vector512.Abs(rounded), Vector512.Create(TFormat.Largest));
            rounded = Vector512.ConditionalSelect(beyond, Vector512.Create(float.PositiveInfinity) | (value & Vector512.Create(-0f)), rounded);
        }

        // NaN's bits would run over.
        return Vector512.ConditionalSelect(Vector512.Equals(value, value), rounded, value);
    }

    private const uint Fp16Bias = 112 << 10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Decode<TFormat>(Vector256<ushort> codes)
        where TFormat : struct, IStoredFloats
    {
        var wide = Vector512.Create(Vector256.WidenLower(codes), Vector256.WidenUpper(codes));
        if (TFormat.DroppedBits == 16)
        {
            return (wide << 16).AsSingle();
        }

        var magnitude = wide & Vector512.Create(0x7FFFu);
        var normal = ((magnitude + Vector512.Create(Fp16Bias)) << 13).AsSingle();
        var small = Vector512.ConvertToSingle(magnitude.AsInt32()) * TFormat.SmallestStep;
        var sign = ((wide & Vector512.Create(0x8000u)) << 16).AsSingle();
        return Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(0x400u)).AsSingle(), small, normal) | sign;
    }

    /// <summary>Bits of finite numbers that are the format's already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Encode<TFormat>(Vector512<float> numbers)
        where TFormat : struct, IStoredFloats
    {
        var bits = numbers.AsUInt32();
        if (TFormat.DroppedBits != 16)
        {
            var magnitude = Vector512.Abs(numbers);
            var normal = (magnitude.AsUInt32() >>> 13) - Vector512.Create(Fp16Bias);
            var small = Vector512.ConvertToInt32Native(magnitude * (1 / TFormat.SmallestStep)).AsUInt32();
            var code = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(TFormat.SmallestNormal)).AsUInt32(), small, normal);
            bits = (code << 16) | (bits & Vector512.Create(0x80000000u));
        }

        bits >>>= 16;
        return Vector256.Narrow(bits.GetLower(), bits.GetUpper());
    }
}
