namespace Espalier.Kernels;

/// <summary>The transforms of F(2×2, 3×3) and F(4×4, 3×3), from the points 0, ±1 and, for the larger, ±2 and infinity (Lavin and Gray, 2016).</summary>
internal static class WinogradMatrices
{
    private static readonly float[][] s_windows2 = [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]];

    private static readonly float[][] s_windows4 =
    [
        [4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1],
    ];

    private static readonly float[][] s_results2 = [[1, 1, 1, 0], [0, 1, -1, -1]];

    private static readonly float[][] s_results4 = [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]];

    /// <summary>From numbers of the map to those of each position.</summary>
    public static float[][] Windows(int size) => size == 4 ? s_windows4 : s_windows2;

    /// <summary>From products at each position to results.</summary>
    public static float[][] Results(int size) => size == 4 ? s_results4 : s_results2;
}
