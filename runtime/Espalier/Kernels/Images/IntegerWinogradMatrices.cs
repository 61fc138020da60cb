namespace Espalier.Kernels;

/// <summary>
/// The transforms of F(2×2, 3×3) and F(4×4, 3×3) in whole numbers. <see cref="WinogradWeights"/> leaves out what its rows divide by, (1, 2, 2, 1) and (4, −6, −6, 24, 24, 1);
/// columns of the results' transform are multiplied by 2 or 24 over that, so the two together give results 2 or 24 times too large in each dimension.
/// </summary>
internal static class IntegerWinogradMatrices
{
    private static readonly int[][] s_windows2 = [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]];

    private static readonly int[][] s_windows4 =
    [
        [4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1],
    ];

    private static readonly int[][] s_results2 = [[2, 1, 1, 0], [0, 1, -1, -2]];

    private static readonly int[][] s_results4 = [[6, -4, -4, 1, 1, 0], [0, -4, 4, 2, -2, 0], [0, -4, -4, 4, 4, 0], [0, -4, 4, 8, -8, 24]];

    /// <summary>
    /// From codes to those of each position. Magnitudes of a row add up to 10, of which 8 have one sign: codes to 255 become (8·8 + 2·2) · 255 = 17,340 at most, which
    /// 16 bits hold.
    /// </summary>
    public static int[][] Windows(int size) => size == 4 ? s_windows4 : s_windows2;

    /// <summary>From sums at each position to results, 24 or 2 times too large.</summary>
    public static int[][] Results(int size) => size == 4 ? s_results4 : s_results2;

    /// <summary>How many times too large results of both dimensions are: 576 or 4.</summary>
    public static int Scale(int size) => size == 4 ? 576 : 4;

    /// <summary>
    /// What a sum must stay below, in magnitude, to come out of 32 bits in which it is 576 = 9 · 64 times too large: the 9 has an inverse modulo 2³², the 64 takes six bits
    /// away. 4 takes two.
    /// </summary>
    public static long Limit(int size) => size == 4 ? 1 << 25 : 1 << 29;
}
