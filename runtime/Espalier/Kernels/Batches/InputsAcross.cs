using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

/// <summary>
/// Encodes a whole block of 64 samples so that each feature has its samples side by side. Packing narrows four vectors to one anyway: taken
/// from four samples instead of one, it does two of the six rounds that turning 64 by 64 bytes needs, and the other four move 32 bits at once.
/// For grids whose code 0 stands for 0: how they are narrowed is said where single samples are.
/// </summary>
internal static class InputsAcross
{
    private const int Samples = BatchStage.BlockSamples;
    private const int Together = 4;
    private const int Groups = Samples / Together;
    private const int Lanes = 16;

    /// <summary>Whether a block of such inputs is encoded here.</summary>
    public static bool Serves(InputEncoder? encoder, InstructionTier tier, int width) =>
        tier is InstructionTier.Avx512 or InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni
        && encoder is { Grid: { HasPlanes: false, ZeroPoint: 0 } } && width >= Lanes;

    /// <param name="encoder">The grid and what brings inputs to it.</param>
    /// <param name="inputs">64 samples, one after the other.</param>
    /// <param name="width">Numbers of a sample, 16 at least.</param>
    /// <param name="middle">Room for as many codes and 2048 bytes more: the last block and the odd line fill whole lines of 16 groups.</param>
    /// <param name="codes">Where feature i gets its samples' codes, at byte 64·i.</param>
    public static void Run(InputEncoder encoder, ReadOnlySpan<float> inputs, int width, ref byte middle, ref byte codes)
    {
        var blocks = (width + Lanes - 1) / Lanes;

        // An odd number of lines from group to group: powers of two would put a block of all groups into one set of the cache.
        var stride = (blocks | 1) * Samples;
        for (var group = 0; group < Groups; group++)
        {
            EncodeFour(encoder, ref Unsafe.Add(ref MemoryMarshal.GetReference(inputs), group * Together * width), width, ref Unsafe.Add(ref middle, group * stride));
        }

        for (var block = 0; block < blocks; block++)
        {
            // The last block begins early enough to be whole, as it was encoded.
            var first = Math.Min(block * Lanes, width - Lanes);
            Turn(ref Unsafe.As<byte, int>(ref Unsafe.Add(ref middle, block * Samples)), stride / sizeof(int), ref Unsafe.As<byte, int>(ref Unsafe.Add(ref codes, first * Samples)));
        }
    }

    /// <summary>Four samples: each 32 bits hold one feature of all four, each vector 16 features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EncodeFour(InputEncoder encoder, ref float sample, int width, ref byte to)
    {
        ref var second = ref Unsafe.Add(ref sample, width);
        ref var third = ref Unsafe.Add(ref second, width);
        ref var fourth = ref Unsafe.Add(ref third, width);
        var offset = Vector512.Create(encoder.Offset);
        var factor = Vector512.Create(encoder.StepsPerUnit);
        var highest = Vector512.Create((float)encoder.Grid.Top);

        // Packing leaves, in each quarter, four features of the first sample, then of the second, and so on: by feature instead.
        var byFeature = Vector512.Create(Vector256.Create(
            Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), Vector128.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)));
        for (var next = 0; next < width; next += Lanes)
        {
            var at = (nuint)Math.Min(next, width - Lanes);
            var a = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref sample, at) - offset) * factor));
            var b = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref second, at) - offset) * factor));
            var c = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref third, at) - offset) * factor));
            var d = Avx512F.ConvertToVector512Int32(Avx512F.Min(highest, (Vector512.LoadUnsafe(ref fourth, at) - offset) * factor));
            var packed = Avx512BW.PackUnsignedSaturate(Avx512BW.PackSignedSaturate(a, b), Avx512BW.PackSignedSaturate(c, d));
            Avx512BW.Shuffle(packed, byFeature).StoreUnsafe(ref to);
            to = ref Unsafe.Add(ref to, Samples);
        }
    }

    /// <summary>16 by 16 numbers of 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn(ref int from, int stride, ref int to)
    {
        // Two rounds inside of quarters, four rows at a time: quarter q of row r then holds column 4·q + r % 4 of these four rows.
        var (a0, a1, a2, a3) = Four(ref from, stride);
        var (b0, b1, b2, b3) = Four(ref Unsafe.Add(ref from, 4 * stride), stride);
        var (c0, c1, c2, c3) = Four(ref Unsafe.Add(ref from, 8 * stride), stride);
        var (d0, d1, d2, d3) = Four(ref Unsafe.Add(ref from, 12 * stride), stride);
        Quarters(a0, b0, c0, d0, ref to);
        Quarters(a1, b1, c1, d1, ref Unsafe.Add(ref to, Lanes));
        Quarters(a2, b2, c2, d2, ref Unsafe.Add(ref to, 2 * Lanes));
        Quarters(a3, b3, c3, d3, ref Unsafe.Add(ref to, 3 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<int> First, Vector512<int> Second, Vector512<int> Third, Vector512<int> Fourth) Four(ref int from, int stride)
    {
        var row0 = Vector512.LoadUnsafe(ref from);
        var row1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, stride));
        var row2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 2 * stride));
        var row3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 3 * stride));
        var low = Avx512F.UnpackLow(row0, row1).AsInt64();
        var high = Avx512F.UnpackHigh(row0, row1).AsInt64();
        var low2 = Avx512F.UnpackLow(row2, row3).AsInt64();
        var high2 = Avx512F.UnpackHigh(row2, row3).AsInt64();
        return (
            Avx512F.UnpackLow(low, low2).AsInt32(), Avx512F.UnpackHigh(low, low2).AsInt32(), Avx512F.UnpackLow(high, high2).AsInt32(), Avx512F.UnpackHigh(high, high2).AsInt32());
    }

    /// <summary>Quarter q of four vectors becomes one vector, four columns further for each q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(Vector512<int> a, Vector512<int> b, Vector512<int> c, Vector512<int> d, ref int to)
    {
        var lowAb = Avx512F.Shuffle4x128(a, b, 0x44);
        var highAb = Avx512F.Shuffle4x128(a, b, 0xEE);
        var lowCd = Avx512F.Shuffle4x128(c, d, 0x44);
        var highCd = Avx512F.Shuffle4x128(c, d, 0xEE);
        Avx512F.Shuffle4x128(lowAb, lowCd, 0x88).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(lowAb, lowCd, 0xDD).StoreUnsafe(ref Unsafe.Add(ref to, 4 * Lanes));
        Avx512F.Shuffle4x128(highAb, highCd, 0x88).StoreUnsafe(ref Unsafe.Add(ref to, 8 * Lanes));
        Avx512F.Shuffle4x128(highAb, highCd, 0xDD).StoreUnsafe(ref Unsafe.Add(ref to, 12 * Lanes));
    }
}
