using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// C = start + A·B with all three in bf16 and sums in fp32. B's numbers, and A's where its transpose is given, are widened in registers, see
/// <see cref="PairTile{TVector, TLanes}"/>; rows of A are widened block by block into a scratch that stays in the first-level cache. Each sum adds its
/// terms in the order of A's columns and is rounded once, so every vector width gives the same bits.
/// </summary>
internal static class HalvesProduct
{
    /// <summary>Terms that are gone through at a time: with the rows of a block they take 32 KB, beside which a panel of B and what is written have room in 48 KB.</summary>
    public const int BlockDepth = 128;

    private const int BlockRows = 64;

    /// <summary>The scratch that a product needs: a block of A, what sums start from and how far they have come.</summary>
    /// <param name="rows">Rows of C.</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="columns">Columns of C.</param>
    public static int ScratchLength(int rows, int depth, int columns) =>
        (BlockRows * BlockDepth) + ((1 + (depth > BlockDepth ? Math.Max(rows, BlockRows) : 0)) * columns);

    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B; at least 1.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="MatrixProduct.Padding"/>; also their stride.</param>
    /// <param name="a">A, or its transpose, with rows that are padded to a multiple of sixteen.</param>
    /// <param name="stride">From one row of that to the next.</param>
    /// <param name="turned">Whether <paramref name="a"/> holds the transpose.</param>
    /// <param name="b">B.</param>
    /// <param name="start">What every row of C starts from; empty for 0.</param>
    /// <param name="rectify">Whether sums below 0 become 0.</param>
    /// <param name="c">C.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> numbers.</param>
    public static void Run(
        int rows, int depth, int columns, ReadOnlySpan<ushort> a, int stride, bool turned, ReadOnlySpan<ushort> b, ReadOnlySpan<float> start, bool rectify, Span<ushort> c, Span<float> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, Padded(turned ? rows : depth));
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns % MatrixProduct.Padding, 0);
        if (rows == 0 || columns == 0)
        {
            return;
        }

        // The kernels below read without checks: these are theirs.
        _ = a[(((turned ? depth : rows) - 1) * stride) + Padded(turned ? rows : depth) - 1];
        _ = b[(depth * columns) - 1];
        _ = c[(rows * columns) - 1];
        _ = scratch[ScratchLength(rows, depth, columns) - 1];
        _ = start.IsEmpty ? 0 : start[columns - 1];
        var shape = new Shape(rows, depth, columns, stride, turned, rectify ? 0 : float.NegativeInfinity);
        if (Avx512BW.IsSupported)
        {
            Blocks<Vector512<float>, Lanes512, Twelve>(shape, a, b, start, c, scratch);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Blocks<Vector256<float>, Lanes256, Six>(shape, a, b, start, c, scratch);
        }
        else
        {
            Blocks<Vector128<float>, Lanes128, Six>(shape, a, b, start, c, scratch);
        }
    }

    internal readonly record struct Shape(int Rows, int Depth, int Columns, int Stride, bool Turned, float Bottom);

    internal static void Blocks<TVector, TLanes, TRows>(Shape shape, ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, ReadOnlySpan<float> start, Span<ushort> c, Span<float> scratch)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TRows : ICompiledCount
    {
        var wide = scratch[..(BlockRows * BlockDepth)];
        var starts = scratch.Slice(wide.Length, shape.Columns);
        var sums = scratch[(wide.Length + shape.Columns)..];
        Split(start, starts, TLanes.Count);
        if (shape.Turned)
        {
            for (var k = 0; k < shape.Depth; k += BlockDepth)
            {
                var block = new Block(shape.Rows, Math.Min(BlockDepth, shape.Depth - k), shape, k);
                Panels<TVector, TLanes, ushort, TermsOfMatrix, TRows>(block, ref Unsafe.AsRef(in a[k * shape.Stride]), shape.Stride, b[(k * shape.Columns)..], starts, c, sums);
            }

            return;
        }

        for (var row = 0; row < shape.Rows; row += BlockRows)
        {
            for (var k = 0; k < shape.Depth; k += BlockDepth)
            {
                var block = new Block(Math.Min(BlockRows, shape.Rows - row), Math.Min(BlockDepth, shape.Depth - k), shape, k);
                Bf16Numbers.WidenPanel(ref Unsafe.AsRef(in a[(row * shape.Stride) + k]), shape.Stride, block.Rows, Padded(block.Depth), ref wide[0], BlockDepth);
                Panels<TVector, TLanes, float, RowsOfBlock, TRows>(block, ref wide[0], 1, b[(k * shape.Columns)..], starts, c[(row * shape.Columns)..], sums);
            }
        }
    }

    private static int Padded(int length) => (length + MatrixProduct.Padding - 1) / MatrixProduct.Padding * MatrixProduct.Padding;

    /// <summary>In the order of sums in registers: of each pair of vectors first the even columns.</summary>
    private static void Split(ReadOnlySpan<float> start, Span<float> starts, int lanes)
    {
        starts.Clear();
        for (var column = 0; column < Math.Min(start.Length, starts.Length); column++)
        {
            var pair = column / (2 * lanes) * 2 * lanes;
            var isWhole = pair + (2 * lanes) <= starts.Length;
            starts[isWhole ? pair + (column % 2 * lanes) + ((column - pair) / 2) : column] = start[column];
        }
    }

    private static void Panels<TVector, TLanes, TFactor, TOrder, TRows>(Block block, ref TFactor a, nint depthStride, ReadOnlySpan<ushort> b, Span<float> start, Span<ushort> c, Span<float> sums)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TFactor : unmanaged
        where TOrder : IFactorOrder<TFactor>
        where TRows : ICompiledCount
    {
        ref var partial = ref MemoryMarshal.GetReference(sums);
        for (var column = 0; column < block.Shape.Columns; column += 2 * TLanes.Count)
        {
            ref var bPanel = ref Unsafe.AsRef(in b[column]);
            if (column <= block.Shape.Columns - (2 * TLanes.Count))
            {
                Panel<TVector, TLanes, TFactor, TOrder, TRows, Two>(block, ref a, depthStride, ref bPanel, ref start[column], ref c[column], ref Unsafe.Add(ref partial, column));
            }
            else
            {
                Panel<TVector, TLanes, TFactor, TOrder, TRows, One>(block, ref a, depthStride, ref bPanel, ref start[column], ref c[column], ref Unsafe.Add(ref partial, column));
            }
        }
    }

    private static void Panel<TVector, TLanes, TFactor, TOrder, TRows, TWidth>(
        Block block, ref TFactor a, nint depthStride, ref ushort b, ref float start, ref ushort c, ref float sums)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TFactor : unmanaged
        where TOrder : IFactorOrder<TFactor>
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
    {
        var row = 0;
        for (; row <= block.Rows - TRows.Value && row != block.Rows - 16; row += TRows.Value)
        {
            Tile<TVector, TLanes, TFactor, TOrder, TRows, TWidth>(block, row, ref a, depthStride, ref b, ref start, ref c, ref sums);
        }

        // Twelve and four rows take longer than twice eight: the sums of four rows wait for each other.
        for (; TRows.Value > 8 && row <= block.Rows - 8; row += 8)
        {
            Tile<TVector, TLanes, TFactor, TOrder, Eight, TWidth>(block, row, ref a, depthStride, ref b, ref start, ref c, ref sums);
        }

        for (; row <= block.Rows - 4; row += 4)
        {
            Tile<TVector, TLanes, TFactor, TOrder, Four, TWidth>(block, row, ref a, depthStride, ref b, ref start, ref c, ref sums);
        }

        for (; row < block.Rows; row++)
        {
            Tile<TVector, TLanes, TFactor, TOrder, One, TWidth>(block, row, ref a, depthStride, ref b, ref start, ref c, ref sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TVector, TLanes, TFactor, TOrder, TRows, TWidth>(
        Block block, int row, ref TFactor a, nint depthStride, ref ushort b, ref float start, ref ushort c, ref float sums)
        where TVector : struct
        where TLanes : IHalfLanes<TVector>
        where TFactor : unmanaged
        where TOrder : IFactorOrder<TFactor>
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
    {
        nint columns = block.Shape.Columns;
        ref var from = ref Unsafe.Add(ref a, (nint)row * TOrder.RowStride);
        ref var first = ref block.IsFirst ? ref start : ref Unsafe.Add(ref sums, row * columns);
        var firstStride = block.IsFirst ? 0 : columns;
        if (block.IsLast)
        {
            PairTile<TVector, TLanes>.Run<TFactor, TOrder, TRows, TWidth, ushort>(
                block.Depth, ref from, depthStride, ref b, columns, ref first, firstStride, block.Shape.Bottom, ref Unsafe.Add(ref c, row * columns), columns);
        }
        else
        {
            PairTile<TVector, TLanes>.Run<TFactor, TOrder, TRows, TWidth, float>(
                block.Depth, ref from, depthStride, ref b, columns, ref first, firstStride, block.Shape.Bottom, ref Unsafe.Add(ref sums, row * columns), columns);
        }
    }

    /// <summary>Some rows and terms of A.</summary>
    private readonly record struct Block(int Rows, int Depth, Shape Shape, int Top)
    {
        public bool IsFirst => Top == 0;

        public bool IsLast => Top + Depth == Shape.Depth;
    }
}
