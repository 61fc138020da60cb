using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// C = start + A·B of unsigned by signed bytes with sums in 32 bits: forward, weight gradients and input gradients of training in
/// integers. Bytes lie in quads of four along the depth, one to a lane: B has a row of quads for each four of its rows
/// (<see cref="ByteQuads"/>), A is read by single quads with strides. Exact, so every width gives the same integers;
/// depths up to 2¹⁶ cannot overflow (255·127·2¹⁶ is below 2³¹).
/// </summary>
internal static class ByteProduct
{
    private const int WidestTile = 3;

    /// <param name="rows">Rows of A and C.</param>
    /// <param name="quads">Quads of a row of A, rows of quads of B.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="MatrixProduct.Padding"/>; also their stride.</param>
    /// <param name="a">A: four unsigned bytes to a number.</param>
    /// <param name="rowStride">From one row of A to the next.</param>
    /// <param name="quadStride">From one quad of A to the next.</param>
    /// <param name="b">B: four signed bytes to a number.</param>
    /// <param name="start">What every row of C starts from.</param>
    /// <param name="c">C.</param>
    public static void Run(int rows, int quads, int columns, ReadOnlySpan<int> a, int rowStride, int quadStride, ReadOnlySpan<int> b, ReadOnlySpan<int> start, Span<int> c)
    {
        if (rows == 0)
        {
            return;
        }

        // The kernels below read without checks: these are theirs.
        _ = quads == 0 ? 0 : a[((rows - 1) * rowStride) + ((quads - 1) * quadStride)];
        _ = quads == 0 ? 0 : b[(quads * columns) - 1];
        _ = c[(rows * columns) - 1];
        _ = start[columns - 1];
        var shape = new Shape(rows, quads, columns, rowStride, quadStride);
        ref var from = ref MemoryMarshal.GetReference(a);
        ref var with = ref MemoryMarshal.GetReference(b);
        ref var first = ref MemoryMarshal.GetReference(start);
        ref var to = ref MemoryMarshal.GetReference(c);
        if (AvxVnni.IsSupported)
        {
            Panels<Vector256<int>, VnniByteLanes>(shape, ref from, ref with, ref first, ref to);
        }
        else if (Avx512BW.IsSupported)
        {
            Panels<Vector512<int>, ByteLanes512>(shape, ref from, ref with, ref first, ref to);
        }
        else if (Avx2.IsSupported)
        {
            Panels<Vector256<int>, ByteLanes256>(shape, ref from, ref with, ref first, ref to);
        }
        else
        {
            Panels<Vector128<int>, ByteLanes128>(shape, ref from, ref with, ref first, ref to);
        }
    }

    internal readonly record struct Shape(int Rows, int Quads, int Columns, int RowStride, int QuadStride);

    /// <summary>Columns outside, rows inside: a panel of B stays in the first-level cache for all rows (196 quads of 24 columns are 19 KB).</summary>
    internal static void Panels<TVector, TLanes>(Shape shape, ref int a, ref int b, ref int start, ref int c)
        where TVector : struct
        where TLanes : IByteLanes<TVector>
    {
        for (var column = 0; column < shape.Columns; column += WidestTile * TLanes.Count)
        {
            ref var bPanel = ref Unsafe.Add(ref b, column);
            ref var first = ref Unsafe.Add(ref start, column);
            ref var cPanel = ref Unsafe.Add(ref c, column);
            switch ((shape.Columns - column) / TLanes.Count)
            {
                case 1: Panel<TVector, TLanes, One>(shape, ref a, ref bPanel, ref first, ref cPanel); break;
                case 2: Panel<TVector, TLanes, Two>(shape, ref a, ref bPanel, ref first, ref cPanel); break;
                default: Panel<TVector, TLanes, Three>(shape, ref a, ref bPanel, ref first, ref cPanel); break;
            }
        }
    }

    private static void Panel<TVector, TLanes, TWidth>(Shape shape, ref int a, ref int b, ref int start, ref int c)
        where TVector : struct
        where TLanes : IByteLanes<TVector>
        where TWidth : ICompiledCount
    {
        var row = 0;
        for (; row <= shape.Rows - Four.Value; row += Four.Value)
        {
            ByteTile<TVector, TLanes>.Run<Four, TWidth>(shape.Quads, ref Unsafe.Add(ref a, (nint)row * shape.RowStride), shape.RowStride, shape.QuadStride, ref b, shape.Columns, ref start, ref Unsafe.Add(ref c, (nint)row * shape.Columns));
        }

        for (; row < shape.Rows; row++)
        {
            ByteTile<TVector, TLanes>.Run<One, TWidth>(shape.Quads, ref Unsafe.Add(ref a, (nint)row * shape.RowStride), shape.RowStride, shape.QuadStride, ref b, shape.Columns, ref start, ref Unsafe.Add(ref c, (nint)row * shape.Columns));
        }
    }
}
