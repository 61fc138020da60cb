using System;
using System.Numerics;

namespace Espalier.Kernels;

/// <summary>
/// The transforms of windows and results of F(2×2, 3×3) and F(4×4, 3×3), from the points 0, ±1 and, for the larger, ±2 and infinity (Lavin and Gray, 2016), in whole
/// numbers. <see cref="WinogradWeights"/> transforms weights, and leaves out what its rows divide by, (1, 2, 2, 1) and (4, −6, −6, 24, 24, 1): floats are divided when they
/// are packed; with integers columns of the results' transform are multiplied by 2 or 24 over that, so that results are 2 or 24 times too large in each dimension.
/// </summary>
internal static class WinogradMatrices
{
    private static readonly int[][] s_windows2 = [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]];

    private static readonly int[][] s_windows4 =
    [
        [4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1],
    ];

    private static readonly int[][] s_results2 = [[1, 1, 1, 0], [0, 1, -1, -1]];

    private static readonly int[][] s_results4 = [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]];

    private static readonly int[][] s_scaledResults2 = [[2, 1, 1, 0], [0, 1, -1, -2]];

    private static readonly int[][] s_scaledResults4 = [[6, -4, -4, 1, 1, 0], [0, -4, 4, 2, -2, 0], [0, -4, -4, 4, 4, 0], [0, -4, 4, 8, -8, 24]];

    /// <summary>
    /// From numbers of the map to those of each position. Magnitudes of a row add up to 10, of which 8 have one sign: codes to 255 become (8·8 + 2·2) · 255 = 17,340 at most,
    /// which 16 bits hold.
    /// </summary>
    public static int[][] Windows(int size) => size == 4 ? s_windows4 : s_windows2;

    /// <summary>From products at each position to results.</summary>
    public static int[][] Results(int size) => size == 4 ? s_results4 : s_results2;

    /// <summary>From integer sums at each position to results, 24 or 2 times too large.</summary>
    public static int[][] ScaledResults(int size) => size == 4 ? s_scaledResults4 : s_scaledResults2;

    /// <summary>How many times too large scaled results of both dimensions are: 576 or 4.</summary>
    public static int Scale(int size) => size == 4 ? 576 : 4;

    /// <summary>
    /// What a sum must stay below, in magnitude, to come out of 32 bits in which it is 576 = 9 · 64 times too large: the 9 has an inverse modulo 2³², the 64 takes six bits
    /// away. 4 takes two.
    /// </summary>
    public static long Limit(int size) => size == 4 ? 1 << 25 : 1 << 29;

    /// <summary>matrix · numbers · matrixᵀ.</summary>
    public static void TwoSided<T>(int[][] matrix, ReadOnlySpan<T> numbers, Span<T> result)
        where T : unmanaged, INumber<T>
    {
        var (rows, columns) = (matrix.Length, matrix[0].Length);
        Span<T> between = stackalloc T[rows * columns];
        for (var i = 0; i < rows * columns; i++)
        {
            between[i] = T.Zero;
            for (var k = 0; k < columns; k++)
            {
                between[i] += T.CreateTruncating(matrix[i / columns][k]) * numbers[(k * columns) + (i % columns)];
            }
        }

        for (var i = 0; i < rows * rows; i++)
        {
            result[i] = T.Zero;
            for (var k = 0; k < columns; k++)
            {
                result[i] += between[(i / rows * columns) + k] * T.CreateTruncating(matrix[i % rows][k]);
            }
        }
    }
}
