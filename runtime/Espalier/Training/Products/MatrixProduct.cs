using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// C = start + A·B with columns padded to whole tiles: the one product that training needs. A is read by scalars, so its
/// transpose costs nothing: forward, weight gradient and input gradient differ only in strides. Every sum adds its terms in the
/// order of A's columns, so every run and every vector width gives the same bits, with multiply-adds or without.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>Columns of B and C are padded to a multiple of this.</summary>
    public const int Padding = 16;

    /// <summary>Rows of B that one pass goes through: with three vectors a row they stay in the first-level cache for all tiles.</summary>
    private const int BlockDepth = 128;

    private const int ConflictingLines = 16;
    private const int WidestTile = 3;
    private static readonly float[] s_zeros = new float[WidestTile * Padding];

    /// <summary>Whole cache lines; one more where rows would otherwise fall on a few sets of the cache (256, 512, 1024 … columns).</summary>
    public static int Padded(int columns)
    {
        var lines = (columns + Padding - 1) / Padding;
        return (lines > 0 && lines % ConflictingLines == 0 ? lines + 1 : lines) * Padding;
    }

    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="Padding"/>; also their stride.</param>
    /// <param name="a">A.</param>
    /// <param name="rowStride">From one row of A to the next.</param>
    /// <param name="depthStride">From one column of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="start">What every row of C starts from; empty for 0.</param>
    /// <param name="c">C.</param>
    /// <param name="adds">Whether the product is added to what C holds; there is no start then.</param>
    public static void Run(int rows, int depth, int columns, ReadOnlySpan<float> a, int rowStride, int depthStride, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c, bool adds = false)
    {
        if (adds && (rows == 0 || depth == 0))
        {
            return;
        }

        if (rows == 0 || depth == 0)
        {
            // Sums of nothing: each row is its start.
            for (var row = 0; row < rows; row++)
            {
                var target = c.Slice(row * columns, columns);
                target.Clear();
                start[..Math.Min(start.Length, columns)].CopyTo(target);
            }

            return;
        }

        // The kernels below read without checks: these are theirs.
        _ = a[((rows - 1) * rowStride) + ((depth - 1) * depthStride)];
        _ = b[(depth * columns) - 1];
        _ = c[(rows * columns) - 1];
        _ = start.IsEmpty ? 0 : start[columns - 1];
        var shape = new Shape(rows, depth, columns, rowStride, depthStride, !start.IsEmpty, adds);
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var with = ref MemoryMarshal.GetReference(b);
        ref var first = ref start.IsEmpty ? ref MemoryMarshal.GetArrayDataReference(s_zeros) : ref MemoryMarshal.GetReference(start);
        ref var to = ref MemoryMarshal.GetReference(c);
        if (Avx512F.IsSupported)
        {
            Columns<Vector512<float>, Lanes512, Eight>(shape, ref from, ref with, ref first, ref to);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Columns<Vector256<float>, Lanes256, Four>(shape, ref from, ref with, ref first, ref to);
        }
        else
        {
            Columns<Vector128<float>, Lanes128, Four>(shape, ref from, ref with, ref first, ref to);
        }
    }

    internal readonly record struct Shape(int Rows, int Depth, int Columns, int RowStride, int DepthStride, bool HasStart, bool Adds = false);

    internal static void Columns<TVector, TLanes, TRows>(Shape shape, ref float a, ref float b, ref float start, ref float c)
        where TVector : struct
        where TLanes : IFloatLanes<TVector>
        where TRows : ICompiledCount
    {
        for (var column = 0; column < shape.Columns; column += WidestTile * TLanes.Count)
        {
            // Without a start every tile reads the same few zeros.
            ref var first = ref shape.HasStart ? ref Unsafe.Add(ref start, column) : ref start;
            ref var bPanel = ref Unsafe.Add(ref b, column);
            ref var cPanel = ref Unsafe.Add(ref c, column);
            switch ((shape.Columns - column) / TLanes.Count)
            {
                case 1:
                    Panel<TVector, TLanes, TRows, One>(shape, ref a, ref bPanel, ref first, ref cPanel);
                    break;
                case 2:
                    Panel<TVector, TLanes, TRows, Two>(shape, ref a, ref bPanel, ref first, ref cPanel);
                    break;
                default:
                    Panel<TVector, TLanes, TRows, Three>(shape, ref a, ref bPanel, ref first, ref cPanel);
                    break;
            }
        }
    }

    private static void Panel<TVector, TLanes, TRows, TWidth>(Shape shape, ref float a, ref float b, ref float start, ref float c)
        where TVector : struct
        where TLanes : IFloatLanes<TVector>
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
    {
        for (var k = 0; k < shape.Depth; k += BlockDepth)
        {
            var depth = Math.Min(BlockDepth, shape.Depth - k);
            ref var bBlock = ref Unsafe.Add(ref b, (nint)k * shape.Columns);
            var row = 0;
            for (; row <= shape.Rows - TRows.Value; row += TRows.Value)
            {
                Tile<TVector, TLanes, TRows, TWidth>(shape, row, k, depth, ref a, ref bBlock, ref start, ref c);
            }

            for (; row <= shape.Rows - 4; row += 4)
            {
                Tile<TVector, TLanes, Four, TWidth>(shape, row, k, depth, ref a, ref bBlock, ref start, ref c);
            }

            // What is left of four at once: one row alone has too few sums to hide the latency of an addition.
            switch (shape.Rows - row)
            {
                case 1: Tile<TVector, TLanes, One, TWidth>(shape, row, k, depth, ref a, ref bBlock, ref start, ref c); break;
                case 2: Tile<TVector, TLanes, Two, TWidth>(shape, row, k, depth, ref a, ref bBlock, ref start, ref c); break;
                case 3: Tile<TVector, TLanes, Three, TWidth>(shape, row, k, depth, ref a, ref bBlock, ref start, ref c); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TVector, TLanes, TRows, TWidth>(Shape shape, int row, int k, int depth, ref float a, ref float b, ref float start, ref float c)
        where TVector : struct
        where TLanes : IFloatLanes<TVector>
        where TRows : ICompiledCount
        where TWidth : ICompiledCount
    {
        ref var target = ref Unsafe.Add(ref c, (nint)row * shape.Columns);
        ref var from = ref Unsafe.Add(ref a, ((nint)row * shape.RowStride) + ((nint)k * shape.DepthStride));
        if (k == 0 && !shape.Adds)
        {
            DenseTile<TVector, TLanes>.Run<TRows, TWidth>(depth, ref from, shape.RowStride, shape.DepthStride, ref b, shape.Columns, ref start, 0, ref target);
        }
        else
        {
            DenseTile<TVector, TLanes>.Run<TRows, TWidth>(depth, ref from, shape.RowStride, shape.DepthStride, ref b, shape.Columns, ref target, shape.Columns, ref target);
        }
    }
}
