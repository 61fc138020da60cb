using System;
using System.Runtime.Intrinsics;

namespace Espalier;

/// <summary>The scalar twin of both products: one sum after the other, terms in the order of A's columns.</summary>
internal static class ScalarProduct
{
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="start">What every row of C starts from.</param>
    /// <param name="c">C.</param>
    public static void Run(int rows, int depth, int columns, ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> start, Span<float> c)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = start[column];
                for (var k = 0; k < depth; k++)
                {
                    // One rounding or two, as the vectors of this processor have it.
                    sum = Vector128.MultiplyAddEstimate(Vector128.CreateScalar(a[(row * depth) + k]), Vector128.CreateScalar(b[(k * columns) + column]), Vector128.CreateScalar(sum)).ToScalar();
                }

                c[(row * columns) + column] = sum;
            }
        }
    }
}
