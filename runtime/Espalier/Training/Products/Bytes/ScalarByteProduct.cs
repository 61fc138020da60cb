using System;

namespace Espalier;

/// <summary>The scalar twin of <see cref="ByteProduct"/>: one sum after the other.</summary>
internal static class ScalarByteProduct
{
    /// <inheritdoc cref="ByteProduct.Run"/>
    public static void Run(int rows, int quads, int columns, ReadOnlySpan<int> a, int rowStride, int quadStride, ReadOnlySpan<int> b, ReadOnlySpan<int> start, Span<int> c)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = start[column];
                for (var k = 0; k < quads; k++)
                {
                    for (var i = 0; i < 32; i += 8)
                    {
                        sum += (byte)(a[(row * rowStride) + (k * quadStride)] >> i) * (sbyte)(b[(k * columns) + column] >> i);
                    }
                }

                c[(row * columns) + column] = sum;
            }
        }
    }
}
