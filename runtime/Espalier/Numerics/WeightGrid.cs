using System;

namespace Espalier.Numerics;

/// <summary>A signed, uniform grid: the multiples of a step from −top to top. <see cref="GridRounding"/> rounds to it by chance.</summary>
internal readonly record struct WeightGrid(float Step, int Top)
{
    /// <summary>The number of steps of the nearest grid point, halves to the even one.</summary>
    public int Nearest(float value) => (int)Math.Clamp(MathF.Round(value / Step, MidpointRounding.ToEven), -Top, Top);

    /// <summary>
    /// The grid of the given top that reaches at least as far, with a step that is a power of two: numbers are then fixed point. Decoding them is exact, and so are sums of
    /// products of such numbers in fp32 as long as they stay below 2²⁴ steps: training computes what integers would.
    /// </summary>
    public static WeightGrid FixedPoint(float reach, int top)
    {
        // Below 2⁻¹²⁰ the inverse of a step would come near the end of fp32.
        const int smallest = -120;
        var exponent = reach > 0 && float.IsFinite(reach) ? (int)Math.Ceiling(Math.Log2((double)reach / top)) : smallest;
        return new WeightGrid(MathF.ScaleB(1, Math.Clamp(exponent, smallest, 100)), top);
    }
}
