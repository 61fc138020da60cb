using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier;

/// <summary>
/// C = start + A·B with columns padded to whole tiles: the one product that training needs. A is read by scalars, so its
/// transpose costs nothing: forward, weight gradient and input gradient differ only in strides.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>Columns of B and C are padded to a multiple of this.</summary>
    public const int Padding = 16;

    public static int Padded(int columns) => (columns + Padding - 1) / Padding * Padding;

    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="columns">Columns of B and C, a multiple of <see cref="Padding"/>; also their stride.</param>
    /// <param name="a">A.</param>
    /// <param name="rowStride">From one row of A to the next.</param>
    /// <param name="depthStride">From one column of A to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="start">What every row of C starts from; empty for 0.</param>
    /// <param name="c">C.</param>
    public static void Run(int rows, int depth, int columns, ReadOnlySpan<float> a, int rowStride, int depthStride, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c)
    {
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
        for (var column = 0; column < columns; column += Padding)
        {
            var row = 0;
            ref var bTile = ref Unsafe.Add(ref MemoryMarshal.GetReference(b), column);
            for (; row <= rows - 4; row += 4)
            {
                Four(depth, columns, ref Unsafe.Add(ref MemoryMarshal.GetReference(a), row * rowStride), rowStride, depthStride, ref bTile, start.IsEmpty ? default : start.Slice(column, Padding), ref c[(row * columns) + column]);
            }

            for (; row < rows; row++)
            {
                One(depth, columns, ref Unsafe.Add(ref MemoryMarshal.GetReference(a), row * rowStride), depthStride, ref bTile, start.IsEmpty ? default : start.Slice(column, Padding), ref c[(row * columns) + column]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(int depth, int stride, ref float a, int rowStride, int depthStride, ref float b, ReadOnlySpan<float> start, ref float c)
    {
        var (low, high) = start.IsEmpty ? default : (Vector256.Create(start), Vector256.Create(start[8..]));
        var (s0, t0, s1, t1, s2, t2, s3, t3) = (low, high, low, high, low, high, low, high);
        for (var k = 0; k < depth; k++)
        {
            var b0 = Vector256.LoadUnsafe(ref b);
            var b1 = Vector256.LoadUnsafe(ref b, 8);
            var x = Vector256.Create(a);
            s0 = Vector256.MultiplyAddEstimate(x, b0, s0);
            t0 = Vector256.MultiplyAddEstimate(x, b1, t0);
            x = Vector256.Create(Unsafe.Add(ref a, rowStride));
            s1 = Vector256.MultiplyAddEstimate(x, b0, s1);
            t1 = Vector256.MultiplyAddEstimate(x, b1, t1);
            x = Vector256.Create(Unsafe.Add(ref a, 2 * rowStride));
            s2 = Vector256.MultiplyAddEstimate(x, b0, s2);
            t2 = Vector256.MultiplyAddEstimate(x, b1, t2);
            x = Vector256.Create(Unsafe.Add(ref a, 3 * rowStride));
            s3 = Vector256.MultiplyAddEstimate(x, b0, s3);
            t3 = Vector256.MultiplyAddEstimate(x, b1, t3);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, stride);
        }

        Store(s0, t0, ref c);
        Store(s1, t1, ref Unsafe.Add(ref c, stride));
        Store(s2, t2, ref Unsafe.Add(ref c, 2 * stride));
        Store(s3, t3, ref Unsafe.Add(ref c, 3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(int depth, int stride, ref float a, int depthStride, ref float b, ReadOnlySpan<float> start, ref float c)
    {
        var (s, t) = start.IsEmpty ? default : (Vector256.Create(start), Vector256.Create(start[8..]));
        for (var k = 0; k < depth; k++)
        {
            var x = Vector256.Create(a);
            s = Vector256.MultiplyAddEstimate(x, Vector256.LoadUnsafe(ref b), s);
            t = Vector256.MultiplyAddEstimate(x, Vector256.LoadUnsafe(ref b, 8), t);
            a = ref Unsafe.Add(ref a, depthStride);
            b = ref Unsafe.Add(ref b, stride);
        }

        Store(s, t, ref c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> low, Vector256<float> high, ref float c)
    {
        low.StoreUnsafe(ref c);
        high.StoreUnsafe(ref c, 8);
    }
}
