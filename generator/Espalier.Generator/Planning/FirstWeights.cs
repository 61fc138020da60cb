using System;

namespace Espalier.Planning;

/// <summary>
/// How far the first weights of a layer reach and how far apart the points are on which they live without master weights. Training places weights by it, and
/// the rule on updates that nearest rounding loses reckons with the same numbers.
/// </summary>
internal static class FirstWeights
{
    /// <summary>He's bound for ReLU, Glorot's otherwise: the variance of what leaves equals that of what enters.</summary>
    /// <param name="rectified">Whether the activation is ReLU.</param>
    /// <param name="inputs">Numbers that enter, at least 1.</param>
    /// <param name="outputs">Numbers that leave, at least 1.</param>
    public static float Bound(bool rectified, int inputs, int outputs) =>
        (float)Math.Sqrt(rectified ? 6f / inputs : 6f / ((long)inputs + outputs));

    /// <summary>
    /// How far a uniform grid must reach. Steps are no larger than the first weights' bound: with one or two steps to the end of the grid a wider one would hold
    /// nothing but 0 and its ends.
    /// </summary>
    /// <param name="weights">The precision of the weights.</param>
    /// <param name="bound">The first weights' bound.</param>
    /// <param name="range">In multiples of that.</param>
    public static float Reach(NumberFormat weights, float bound, double range) =>
        bound * (float)(weights.WeightTop() > 0 ? Math.Min(range, weights.WeightTop()) : range);

    /// <summary>
    /// The distance of two points: that of the uniform grid, a power of two, or for 16-bit floats the one at the largest of the first weights. 0 for precisions
    /// that weights cannot be kept in without master weights.
    /// </summary>
    /// <param name="weights">The precision of the weights.</param>
    /// <param name="bound">The first weights' bound, a positive normal number.</param>
    /// <param name="range">How far uniform grids reach, in multiples of that.</param>
    public static double Step(NumberFormat weights, float bound, double range) => weights switch
    {
        NumberFormat.Fp16 => Power(Math.Max(Exponent(bound), -14) - 10),
        NumberFormat.Bf16 => Power(Exponent(bound) - 7),
        NumberFormat.Int16 => PowerFrom((double)Reach(weights, bound, range) / short.MaxValue),
        _ when weights.WeightTop() > 0 => PowerFrom((double)Reach(weights, bound, range) / weights.WeightTop()),
        _ => 0,
    };

    /// <summary>The smallest power of two that is no smaller than a number.</summary>
    private static double PowerFrom(double number) => Power(Exponent(number)) is var below && below == number ? below : 2 * below;

    private static double Power(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);

    /// <summary>The largest whole number whose power of two a normal number reaches.</summary>
    private static int Exponent(double number) => (int)((BitConverter.DoubleToInt64Bits(number) >> 52) & 0x7FF) - 1023;
}
