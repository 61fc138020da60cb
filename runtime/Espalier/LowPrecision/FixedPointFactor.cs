using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// A factor for 16-bit multiplications: what is added to a weight is the rounded high half of a product, in steps of the model, of which the last
/// <see cref="Shift"/> bits lie behind the point. Random bits added there and cut off round it without bias.
/// </summary>
/// <param name="Multiplier">−16384 … 16384.</param>
/// <param name="Shift">0 … 14.</param>
internal readonly record struct FixedPointFactor(short Multiplier, int Shift)
{
    private const int LargestShift = 14;

    // Products of 2¹⁴ at most and random numbers below 2¹⁴ fit 16 bits together.
    private const int LargestMultiplier = 1 << 14;

    /// <summary>The factor with as many bits as there are; what is still smaller than the last bit is rounded, by chance where asked to.</summary>
    /// <param name="factor">Steps of the model for a step of the data.</param>
    /// <param name="baseBits">The multiplication divides by 2 to this.</param>
    /// <param name="rounding">By chance or to nearest.</param>
    /// <param name="chance">Random numbers.</param>
    public static FixedPointFactor Of(float factor, int baseBits, Rounding rounding, RandomNumbers chance)
    {
        var size = Math.Abs(factor);

        // Beyond 2^30 every sum is at the grid's end anyway, and 0 and NaN have no exponent worth asking for.
        var exponent = size is > 0 and < (1 << 30) ? Math.ILogB(size) + 1 : size > 0 ? 30 : -40;
        var shift = Math.Clamp(LargestShift - baseBits - exponent, 0, LargestShift);
        var scaled = size * (1L << (baseBits + shift));
        var whole = rounding == Rounding.Stochastic ? MathF.Floor(scaled) + (chance.Uniform() < scaled - MathF.Floor(scaled) ? 1 : 0) : MathF.Round(scaled);
        var multiplier = (short)Math.Min(whole, LargestMultiplier);
        return new FixedPointFactor(factor < 0 ? (short)-multiplier : multiplier, shift);
    }
}
