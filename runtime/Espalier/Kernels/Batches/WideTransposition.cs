using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

/// <summary>Turns 64 rows of 16 bytes at once: four tiles of <see cref="Transposition"/> in the four parts of a vector (three times as fast).</summary>
internal static class WideTransposition
{
    public const int Rows = 64;
    private const int Tile = 16;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref byte from, int fromStride, ref byte to, int toStride)
    {
        Span<byte> half = stackalloc byte[(Tile * Rows) + Rows];
        ref var middle = ref Scratch.Align(half);
        for (var row = 0; row < 4; row++)
        {
            ref var first = ref Unsafe.Add(ref from, row * fromStride);
            TwoRounds(
                Load(ref first, fromStride),
                Load(ref Unsafe.Add(ref first, 4 * fromStride), fromStride),
                Load(ref Unsafe.Add(ref first, 8 * fromStride), fromStride),
                Load(ref Unsafe.Add(ref first, 12 * fromStride), fromStride),
                ref Unsafe.Add(ref middle, row * 4 * Rows),
                Rows);
        }

        for (var row = 0; row < 4; row++)
        {
            ref var first = ref Unsafe.Add(ref middle, row * Rows);
            TwoRounds(
                Vector512.LoadUnsafe(ref first),
                Vector512.LoadUnsafe(ref first, 4 * Rows),
                Vector512.LoadUnsafe(ref first, 8 * Rows),
                Vector512.LoadUnsafe(ref first, 12 * Rows),
                ref Unsafe.Add(ref to, row * 4 * toStride),
                toStride);
        }
    }

    /// <summary>The same row of four tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Load(ref byte row, int stride) => Vector512.Create(
        Vector256.Create(Vector128.LoadUnsafe(ref row), Vector128.LoadUnsafe(ref Unsafe.Add(ref row, Tile * stride))),
        Vector256.Create(Vector128.LoadUnsafe(ref Unsafe.Add(ref row, 2 * Tile * stride)), Vector128.LoadUnsafe(ref Unsafe.Add(ref row, 3 * Tile * stride))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoRounds(Vector512<byte> row0, Vector512<byte> row4, Vector512<byte> row8, Vector512<byte> row12, ref byte to, int toStride)
    {
        var low = Avx512BW.UnpackLow(row0, row8);
        var high = Avx512BW.UnpackHigh(row0, row8);
        var low4 = Avx512BW.UnpackLow(row4, row12);
        var high4 = Avx512BW.UnpackHigh(row4, row12);
        Avx512BW.UnpackLow(low, low4).StoreUnsafe(ref to);
        Avx512BW.UnpackHigh(low, low4).StoreUnsafe(ref Unsafe.Add(ref to, toStride));
        Avx512BW.UnpackLow(high, high4).StoreUnsafe(ref Unsafe.Add(ref to, 2 * toStride));
        Avx512BW.UnpackHigh(high, high4).StoreUnsafe(ref Unsafe.Add(ref to, 3 * toStride));
    }
}
