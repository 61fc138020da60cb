namespace Espalier.Kernels;

/// <summary>Means of codes, which are codes again.</summary>
internal static class GridMeans
{
    /// <summary>The code of a mean: the sum of codes less their zero points, over a count, rounded half to even.</summary>
    /// <remarks>The division of fp32 is exact enough for that: sums below 2²⁴ have no rounding, a tie is a number that fp32 has, and no other quotient of counts below 2¹⁶ lies within half an ulp of one.</remarks>
    public static ushort Code(int sum, int count, ActivationGrid grid)
    {
        var (quotient, rest) = System.Math.DivRem(2L * sum, 2L * count);
        if (rest < 0)
        {
            (quotient, rest) = (quotient - 1, rest + (2L * count));
        }

        return (ushort)(quotient + (rest > count || (rest == count && (quotient & 1) != 0) ? 1 : 0) + grid.ZeroPoint);
    }
}
