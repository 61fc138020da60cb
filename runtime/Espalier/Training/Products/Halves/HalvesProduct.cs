using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// C = start + A·B with B and C in bf16, sums in fp32 and A in floats, which are read one by one. Each sum adds its terms in the order of A's
/// columns and is rounded once, so every vector width gives the same bits.
/// </summary>
internal static class HalvesProduct
{
    /// <summary>Rows of B that one pass goes through: with a pair of vectors a row they take 16 KB of the first-level cache.</summary>
    private const int BlockDepth = 256;

    /// <summary>The scratch that a product needs: what the sums of a panel start from and how far they have come.</summary>
    /// <param name="rows">Rows of C.</param>
    public static int ScratchLength(int rows) => (rows + 1) * 2 * MatrixProduct.Padding;

    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B; at least 1.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="MatrixProduct.Padding"/>; also their stride.</param>
    /// <param name="a">A.</param>
    /// <param name="rowStride">From one row of A to the next.</param>
    /// <param name="depthStride">From one column of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="start">What every row of C starts from; empty for 0.</param>
    /// <param name="rectify">Whether sums below 0 become 0.</param>
    /// <param name="c">C.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> numbers.</param>
    public static void Run(
        int rows, int depth, int columns, ReadOnlySpan<float> a, int rowStride, int depthStride, ReadOnlySpan<ushort> b, ReadOnlySpan<float> start, bool rectify, Span<ushort> c, Span<float> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        if (rows == 0)
        {
            return;
        }

        // The kernels below read without checks: these are theirs.
        _ = a[((rows - 1) * rowStride) + ((depth - 1) * depthStride)];
        _ = b[(depth * columns) - 1];
        _ = c[(rows * columns) - 1];
        _ = scratch[ScratchLength(rows) - 1];
        _ = start.IsEmpty ? 0 : start[columns - 1];
        var shape = new Shape(rows, depth, columns, rowStride, depthStride, rectify ? 0 : float.NegativeInfinity);
        if (Avx512F.IsSupported)
        {
            Columns<Vector512<float>, Lanes512, Twelve>(shape, a, b, start, c, scratch);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Columns<Vector256<float>, Lanes256, Six>(shape, a, b, start, c, scratch);
        }
        else
        {
            Columns<Vector128<float>, Lanes128, Six>(shape, a, b, start, c, scratch);
        }
    }

    internal readonly record struct Shape(int Rows, int Depth, int Columns, int RowStride, int DepthStride, float Bottom);

    internal static void Columns<TVector, TLanes, TRows>(Shape shape, ReadOnlySpan<float> a, ReadOnlySpan<ushort> b, ReadOnlySpan<float> start, Span<ushort> c, Span<float> scratch)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TRows : ICompiledCount
    {
        ref var from = ref MemoryMarshal.GetReference(a);
        var column = 0;
        for (; column <= shape.Columns - (2 * TLanes.Count); column += 2 * TLanes.Count)
        {
            var first = scratch[..(2 * TLanes.Count)];
            first.Clear();
            for (var lane = 0; lane < first.Length && !start.IsEmpty; lane++)
            {
                first[(lane % 2 * TLanes.Count) + (lane / 2)] = start[column + lane];
            }

            Panel<TVector, TLanes, TRows, Two>(shape, ref from, ref MemoryMarshal.GetReference(b[column..]), scratch, ref c[column]);
        }

        if (column < shape.Columns)
        {
            var first = scratch[..TLanes.Count];
            first.Clear();
            (start.IsEmpty ? start : start.Slice(column, first.Length)).CopyTo(first);
            Panel<TVector, TLanes, TRows, One>(shape, ref from, ref MemoryMarshal.GetReference(b[column..]), scratch, ref c[column]);
        }
    }

    private static void Panel<TVector, TLanes, TRows, TWidth>(Shape shape, ref float a, ref ushort b, Span<float> scratch, ref ushort c)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
    {
        ref var start = ref MemoryMarshal.GetReference(scratch);
        for (var k = 0; k < shape.Depth; k += BlockDepth)
        {
            var depth = Math.Min(BlockDepth, shape.Depth - k);
            ref var aBlock = ref Unsafe.Add(ref a, (nint)k * shape.DepthStride);
            ref var bBlock = ref Unsafe.Add(ref b, (nint)k * shape.Columns);
            var row = 0;
            for (; row <= shape.Rows - TRows.Value; row += TRows.Value)
            {
                Tile<TVector, TLanes, TRows, TWidth>(shape, row, k, depth, ref aBlock, ref bBlock, ref start, ref c);
            }

            for (; row <= shape.Rows - 4; row += 4)
            {
                Tile<TVector, TLanes, Four, TWidth>(shape, row, k, depth, ref aBlock, ref bBlock, ref start, ref c);
            }

            for (; row < shape.Rows; row++)
            {
                Tile<TVector, TLanes, One, TWidth>(shape, row, k, depth, ref aBlock, ref bBlock, ref start, ref c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TVector, TLanes, TRows, TWidth>(Shape shape, int row, int k, int depth, ref float a, ref ushort b, ref float start, ref ushort c)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
    {
        nint width = TWidth.Value * TLanes.Count;
        ref var from = ref Unsafe.Add(ref a, (nint)row * shape.RowStride);
        ref var sums = ref Unsafe.Add(ref start, (row + 1) * width);
        ref var first = ref k == 0 ? ref start : ref sums;
        var firstStride = k == 0 ? 0 : width;
        if (k + depth == shape.Depth)
        {
            PairTile<TVector, TLanes>.Run<TRows, TWidth, ushort>(
                depth, ref from, shape.RowStride, shape.DepthStride, ref b, shape.Columns, ref first, firstStride, shape.Bottom, ref Unsafe.Add(ref c, (nint)row * shape.Columns), shape.Columns);
        }
        else
        {
            PairTile<TVector, TLanes>.Run<TRows, TWidth, float>(
                depth, ref from, shape.RowStride, shape.DepthStride, ref b, shape.Columns, ref first, firstStride, shape.Bottom, ref sums, width);
        }
    }
}
