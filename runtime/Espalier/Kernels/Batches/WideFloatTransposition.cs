using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier.Kernels;

/// <summary>
/// Turns tiles of 16 by 16 floats in 512 bits: whole lines are read, sixteen at once. What a block leaves is larger than the
/// second-level cache, and pieces of lines waited for each other.
/// </summary>
internal static class WideFloatTransposition
{
    public const int Tile = 16;

    public static void Run(ref float from, int fromStride, ref float to, int toStride)
    {
        // Four rows each: lane i of vector k holds, of these rows, column 4i + k.
        FourRows(ref from, fromStride, out var a0, out var a1, out var a2, out var a3);
        FourRows(ref Unsafe.Add(ref from, 4 * fromStride), fromStride, out var b0, out var b1, out var b2, out var b3);
        FourRows(ref Unsafe.Add(ref from, 8 * fromStride), fromStride, out var c0, out var c1, out var c2, out var c3);
        FourRows(ref Unsafe.Add(ref from, 12 * fromStride), fromStride, out var d0, out var d1, out var d2, out var d3);
        FourColumns(a0, b0, c0, d0, ref to, toStride);
        FourColumns(a1, b1, c1, d1, ref Unsafe.Add(ref to, toStride), toStride);
        FourColumns(a2, b2, c2, d2, ref Unsafe.Add(ref to, 2 * toStride), toStride);
        FourColumns(a3, b3, c3, d3, ref Unsafe.Add(ref to, 3 * toStride), toStride);
    }

    /// <summary>Copies a multiple of 64 floats; a call for every 512 bytes cost as much as their stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref float from, ref float to, int count)
    {
        for (nuint i = 0; i < (nuint)count; i += 4 * Tile)
        {
            var first = Vector512.LoadUnsafe(ref from, i);
            var second = Vector512.LoadUnsafe(ref from, i + Tile);
            var third = Vector512.LoadUnsafe(ref from, i + (2 * Tile));
            var fourth = Vector512.LoadUnsafe(ref from, i + (3 * Tile));
            first.StoreUnsafe(ref to, i);
            second.StoreUnsafe(ref to, i + Tile);
            third.StoreUnsafe(ref to, i + (2 * Tile));
            fourth.StoreUnsafe(ref to, i + (3 * Tile));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourRows(
        ref float from, int stride, out Vector512<double> column0, out Vector512<double> column1, out Vector512<double> column2, out Vector512<double> column3)
    {
        var row0 = Vector512.LoadUnsafe(ref from);
        var row1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, stride));
        var row2 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 2 * stride));
        var row3 = Vector512.LoadUnsafe(ref Unsafe.Add(ref from, 3 * stride));
        var low01 = Avx512F.UnpackLow(row0, row1).AsDouble();
        var low23 = Avx512F.UnpackLow(row2, row3).AsDouble();
        var high01 = Avx512F.UnpackHigh(row0, row1).AsDouble();
        var high23 = Avx512F.UnpackHigh(row2, row3).AsDouble();
        column0 = Avx512F.UnpackLow(low01, low23);
        column1 = Avx512F.UnpackHigh(low01, low23);
        column2 = Avx512F.UnpackLow(high01, high23);
        column3 = Avx512F.UnpackHigh(high01, high23);
    }

    /// <summary>Columns k, 4 + k, 8 + k and 12 + k out of the lanes of four groups of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(Vector512<double> rows0, Vector512<double> rows4, Vector512<double> rows8, Vector512<double> rows12, ref float to, int stride)
    {
        const byte Even = 0x88;
        const byte Odd = 0xdd;
        var evenLow = Avx512F.Shuffle4x128(rows0, rows4, Even);
        var evenHigh = Avx512F.Shuffle4x128(rows8, rows12, Even);
        var oddLow = Avx512F.Shuffle4x128(rows0, rows4, Odd);
        var oddHigh = Avx512F.Shuffle4x128(rows8, rows12, Odd);
        Avx512F.Shuffle4x128(evenLow, evenHigh, Even).AsSingle().StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(oddLow, oddHigh, Even).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 4 * stride));
        Avx512F.Shuffle4x128(evenLow, evenHigh, Odd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 8 * stride));
        Avx512F.Shuffle4x128(oddLow, oddHigh, Odd).AsSingle().StoreUnsafe(ref Unsafe.Add(ref to, 12 * stride));
    }
}
