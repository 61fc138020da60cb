using System;

namespace Espalier.Numerics;

/// <summary>
/// The exponential and what is made of it, from additions, multiplications and divisions of doubles alone: the same bits on
/// every processor and runtime, which a platform's own library does not promise.
/// </summary>
internal static class DeterministicMath
{
    // ln 2 in two parts: the first has so few bits that k times it is exact for every k in use (Cody and Waite).
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.4426950408889634;

    /// <summary>eˣ with a relative error under 10⁻¹⁴; 0 below −708, the largest power of two's neighbourhood capped at 709.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x < -708)
        {
            return 0;
        }

        x = Math.Min(x, 709);
        var k = Math.Round(x * Log2E);
        var r = x - (k * Ln2High) - (k * Ln2Low);

        // Taylor to r^13/13!: |r| ≤ ln 2 / 2, so the next term is under 5·10⁻¹⁸.
        var sum = 1.0;
        for (var n = 13; n >= 1; n--)
        {
            sum = 1 + (r / n * sum);
        }

        return sum * BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
    }

    public static float Sigmoid(float x) => (float)(1 / (1 + Exp(-(double)x)));

    public static float Tanh(float x)
    {
        var e = Exp(-2 * Math.Abs((double)x));
        var value = (1 - e) / (1 + e);
        return (float)(x < 0 ? -value : value);
    }

    /// <summary>In place: eˣ over the sum of all eˣ, with the largest x subtracted first so that nothing overflows.</summary>
    public static void Softmax(Span<float> values)
    {
        var largest = float.NegativeInfinity;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Exp((double)value - largest);
        }

        foreach (ref var value in values)
        {
            value = (float)(Exp((double)value - largest) / sum);
        }
    }
}
