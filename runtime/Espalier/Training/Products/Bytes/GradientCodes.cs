using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Rounds 32-bit sums to bytes by a power of two, up and down by chance: what remains of a gradient is unbiased (Gupta et al., 2015), and
/// a shift costs one instruction (Wang et al., NITI, 2020). Four rows of sums become one row of quads.
/// </summary>
internal static class GradientCodes
{
    private const int Lanes = RandomLanes.Count;

    /// <summary>A draw of 32 bits serves the four bytes of a quad: eight fresh bits lead each, and those of the others follow.</summary>
    private const int FreshBits = 8;

    /// <param name="sums">Four rows of sums.</param>
    /// <param name="columns">Sums of a row, a multiple of sixteen.</param>
    /// <param name="shift">What sums are divided by, as a power of two, from 1 to 24.</param>
    /// <param name="random">Sixteen generators.</param>
    /// <param name="passed">Quads of bytes: where one is 0, so is the code. Empty when all pass. Activations of a rectified layer let no gradient through where they are 0.</param>
    /// <param name="codes">Takes a row of quads; sums beyond a byte go to its end.</param>
    /// <returns>The largest magnitude of a code, 0 to 128.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int Round(ReadOnlySpan<int> sums, int columns, int shift, RandomLanes random, ReadOnlySpan<int> passed, Span<int> codes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shift, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shift, 24);
        _ = sums[(4 * columns) - 1];
        _ = codes[columns - 1];
        _ = passed.IsEmpty ? 0 : passed[columns - 1];
        ref var from = ref MemoryMarshal.GetReference(sums);
        ref var mask = ref MemoryMarshal.GetReference(passed);
        ref var to = ref MemoryMarshal.GetReference(codes);
        ref var state = ref random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var largest = Vector512<byte>.Zero;
        var (by, dither) = (Vector512.Create((uint)shift), Vector512.Create((uint)(32 - shift)));
        for (nuint i = 0; i < (nuint)columns; i += Lanes)
        {
            var r = RandomLanes.Next(ref x, ref y, ref z, ref w);
            var a = Divided(Vector512.LoadUnsafe(ref from, i) + Chance(r, dither), by);
            r = Turned(r);
            var b = Divided(Vector512.LoadUnsafe(ref from, i + (nuint)columns) + Chance(r, dither), by);
            r = Turned(r);
            var c = Divided(Vector512.LoadUnsafe(ref from, i + (nuint)(2 * columns)) + Chance(r, dither), by);
            r = Turned(r);
            var d = Divided(Vector512.LoadUnsafe(ref from, i + (nuint)(3 * columns)) + Chance(r, dither), by);
            var quads = Quads(a, b, c, d);
            if (!passed.IsEmpty)
            {
                quads &= ~Vector512.Equals(Vector512.LoadUnsafe(ref mask, i).AsSByte(), Vector512<sbyte>.Zero);
            }

            // |−128| is 128 as an unsigned byte.
            largest = Vector512.Max(largest, Vector512.Abs(quads).AsByte());
            quads.AsInt32().StoreUnsafe(ref to, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
        return Largest(largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Turned(Vector512<uint> bits) => Avx512F.IsSupported ? Avx512F.RotateLeft(bits, FreshBits) : (bits << FreshBits) | (bits >>> (32 - FreshBits));

    // Counts that lie in vectors: moving one there from a register for each shift took as long as all the rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Chance(Vector512<uint> bits, Vector512<uint> by) => (Avx512F.IsSupported ? Avx512F.ShiftRightLogicalVariable(bits, by) : bits >>> (int)by.ToScalar()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Divided(Vector512<int> values, Vector512<uint> by) => Avx512F.IsSupported ? Avx512F.ShiftRightArithmeticVariable(values, by) : values >> (int)by.ToScalar();

    /// <summary>Bytes of four vectors, saturated, the four of a lane side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<sbyte> Quads(Vector512<int> a, Vector512<int> b, Vector512<int> c, Vector512<int> d)
    {
        if (Avx512BW.IsSupported)
        {
            var order = Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
            var packed = Avx512BW.PackSignedSaturate(Avx512BW.PackSignedSaturate(a, b), Avx512BW.PackSignedSaturate(c, d));
            return Avx512BW.Shuffle(packed.AsByte(), Vector512.Create(Vector256.Create(order, order), Vector256.Create(order, order))).AsSByte();
        }

        var low = Vector512.Create(0xFF);
        return ((Clamp(a) & low) | ((Clamp(b) & low) << 8) | ((Clamp(c) & low) << 16) | (Clamp(d) << 24)).AsSByte();
    }

    private static Vector512<int> Clamp(Vector512<int> values) => Vector512.Min(Vector512.Max(values, Vector512.Create((int)sbyte.MinValue)), Vector512.Create((int)sbyte.MaxValue));

    private static int Largest(Vector512<byte> values)
    {
        var largest = 0;
        for (var i = 0; i < Vector512<byte>.Count; i++)
        {
            largest = Math.Max(largest, values[i]);
        }

        return largest;
    }
}
