using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// C = start + A·B with sums kept in fp16 or bf16: each product is that of fp32 (exact for 16-bit factors), is added in fp32, and the sum is rounded to the format before the next one, as a unit
/// with 16-bit accumulators does that rounds once a step. A simulation: it shows what such sums cost in accuracy and takes several times the time of <see cref="MatrixProduct"/>.
/// </summary>
internal static class RoundedProduct
{
    /// <summary>Whether sums of this precision are kept here.</summary>
    public static bool Takes(Precision accumulators) => accumulators is Precision.Fp16 or Precision.Bf16;

    /// <summary>The product; arguments are those of <see cref="MatrixProduct.Run(int, int, int, ReadOnlySpan{float}, int, int, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, bool)"/>, which checks what it reads without.</summary>
    public static void Run(Precision accumulators, int rows, int depth, int columns, ReadOnlySpan<float> a, int rowStride, int depthStride, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c)
    {
        if (accumulators == Precision.Fp16)
        {
            Run<Fp16Floats>(rows, depth, columns, a, rowStride, depthStride, b, start, c);
        }
        else
        {
            Run<Bf16Floats>(rows, depth, columns, a, rowStride, depthStride, b, start, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TFormat>(int rows, int depth, int columns, ReadOnlySpan<float> a, int rowStride, int depthStride, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c)
        where TFormat : struct, IStoredFloats
    {
        var unlimited = Vector512.Create(float.PositiveInfinity);
        for (var row = 0; row < rows; row++)
        {
            var target = c.Slice(row * columns, columns);
            for (var column = 0; column < columns; column += Vector512<float>.Count)
            {
                var first = start.IsEmpty ? Vector512<float>.Zero : Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(start[column..]));
                var sum = FormatKernel.Number<TFormat, NoDraw>(first, unlimited, default);
                for (var k = 0; k < depth; k++)
                {
                    var factor = a[(row * rowStride) + (k * depthStride)];
                    if (factor == 0)
                    {
                        continue;
                    }

                    var products = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(b.Slice((k * columns) + column, Vector512<float>.Count))) * factor;
                    sum = FormatKernel.Number<TFormat, NoDraw>(sum + products, unlimited, default);
                }

                sum.CopyTo(target[column..]);
            }
        }
    }
}
