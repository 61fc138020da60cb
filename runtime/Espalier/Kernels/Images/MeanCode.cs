using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>The mean of differences from the zero point, rounded half to even, then the zero point again: the same code on every processor.</summary>
internal static class MeanCode
{
    /// <summary>
    /// Up to so many codes, a division in fp32 tells every tie from its neighbours: a quotient up to 255 that is no tie misses it by 1 / (2 · count) or
    /// more, which is above half an ulp (2⁻¹⁷), and sums stay below 2²⁴.
    /// </summary>
    public const int MostInFloats = 1 << 15;

    /// <summary>In whole numbers.</summary>
    public static int Of(int sum, int count, int zeroPoint)
    {
        var whole = Math.DivRem(sum, count, out var rest);
        var twice = 2 * Math.Abs((long)rest);
        var away = twice > count || (twice == count && (whole & 1) != 0);
        return whole + (away ? Math.Sign(sum) : 0) + zeroPoint;
    }

    /// <summary>In floats, for counts up to <see cref="MostInFloats"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<int> Of(Vector<int> sums, Vector<float> count, Vector<int> zeroPoint) =>
        Vector.ConvertToInt32(Vector.Round(Vector.ConvertToSingle(sums) / count)) + zeroPoint;
}
