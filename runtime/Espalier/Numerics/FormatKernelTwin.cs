using System;

namespace Espalier.Numerics;

/// <summary>The scalar twin of <see cref="FormatKernel"/>: the same numbers, one at a time.</summary>
internal static class FormatKernelTwin
{
    /// <summary>The number of a format that a finite number becomes; infinite where it passes the format's end.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="random">A random number, or null for nearest rounding.</param>
    /// <typeparam name="TFormat">The format.</typeparam>
    public static float Number<TFormat>(float value, uint? random)
        where TFormat : struct, IStoredFloats
    {
        var magnitude = Math.Abs(value);
        float rounded;
        if (magnitude < TFormat.SmallestNormal)
        {
            var steps = magnitude / TFormat.SmallestStep;
            var below = MathF.Floor(steps);
            var whole = random is { } draw ? below + ((draw >> 8) / (float)(1 << 24) < steps - below ? 1 : 0) : MathF.Round(steps, MidpointRounding.ToEven);
            rounded = whole * TFormat.SmallestStep;
        }
        else
        {
            var bits = BitConverter.SingleToUInt32Bits(magnitude);
            var step = 1u << TFormat.DroppedBits;
            var added = random is { } draw ? draw >> (32 - TFormat.DroppedBits) : (step / 2) - 1 + ((bits / step) & 1);
            rounded = BitConverter.UInt32BitsToSingle((bits + added) & ~(step - 1));
        }

        return MathF.CopySign(rounded > TFormat.Largest ? float.PositiveInfinity : rounded, value);
    }
}
