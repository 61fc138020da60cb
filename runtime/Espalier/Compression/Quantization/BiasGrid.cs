using System;

namespace Espalier;

/// <summary>Biases as multiples of a power of two: exact in fp16 too, so nothing that is stored elsewhere as floats changes.</summary>
internal static class BiasGrid
{
    // Exponents at which all multiples up to 255 are normal or subnormal numbers of fp16, or 0.
    public const int LowestExponent = -24;
    public const int HighestExponent = 7;

    /// <summary>Rounds the biases of each layer that is stored compressed; nothing without a number of bits.</summary>
    public static void Round(NetworkTraining network, int? bits)
    {
        foreach (var layer in network.Weighted)
        {
            if (bits is { } width && WeightQuantizer.IsCompressed(layer.Layer))
            {
                Round(layer.Biases, width);
            }
        }
    }

    private static void Round(Span<float> biases, int bits)
    {
        var (largest, top) = (0f, (1 << (bits - 1)) - 1);
        foreach (var bias in biases)
        {
            largest = Math.Max(largest, Math.Abs(bias));
        }

        var exponent = LowestExponent;
        while (exponent < HighestExponent && MathF.Round(MathF.ScaleB(largest, -exponent)) > top)
        {
            exponent++;
        }

        foreach (ref var bias in biases)
        {
            // Adding 0 makes 0 of −0, which has no place among multiples.
            bias = MathF.ScaleB(Math.Clamp(MathF.Round(MathF.ScaleB(bias, -exponent)), -top, top), exponent) + 0f;
        }
    }
}
