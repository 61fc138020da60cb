using System;
using Espalier.Coding;

namespace Espalier;

/// <summary>A layer's biases: an array of floats, or, where all are few multiples of a power of two and that is smaller, their multiples coded adaptively.</summary>
internal static class CodedBiases
{
    // 0 and 1 are FloatArrays'.
    private const int OnGrid = 2;
    private const int MostRanks = 255;

    /// <summary>Writes biases in the smallest form that the goal allows.</summary>
    /// <returns>Whether they are coded adaptively.</returns>
    public static bool Write(BitWriter writer, ReadOnlySpan<float> biases, CodingGoal goal)
    {
        var floats = new BitWriter();
        FloatArrays.Write(floats, biases);
        var smallest = floats;
        if (goal == CodingGoal.Smallest && Exponent(biases) is { } exponent)
        {
            var ranks = new short[biases.Length];
            for (var i = 0; i < ranks.Length; i++)
            {
                ranks[i] = (short)MathF.ScaleB(biases[i], -exponent);
            }

            var coded = new BitWriter();
            coded.Byte(OnGrid);
            coded.Byte((byte)exponent);
            RangeCodedWeights.Write(coded, ranks, 1);
            smallest = coded.Length < floats.Length ? coded : floats;
        }

        foreach (var value in smallest.ToArray())
        {
            writer.Byte(value);
        }

        return smallest != floats;
    }

    /// <summary>How many bytes they take.</summary>
    public static long Bytes(ReadOnlySpan<float> biases, CodingGoal goal)
    {
        var writer = new BitWriter();
        Write(writer, biases, goal);
        return writer.Length;
    }

    public static float[] Read(BitReader reader, int count)
    {
        if ((reader.Peek() & 255) != OnGrid)
        {
            return FloatArrays.Read(reader, count);
        }

        reader.Byte();
        var exponent = (int)(sbyte)reader.Byte();
        if (exponent is < BiasGrid.LowestExponent or > BiasGrid.HighestExponent)
        {
            throw new MalformedBlobException("the step of biases is none that is written");
        }

        var ranks = new short[count];
        RangeCodedWeights.Read(reader, ranks, 1, MostRanks, MostRanks);
        return Array.ConvertAll(ranks, rank => MathF.ScaleB(rank, exponent));
    }

    /// <summary>The largest power of two that all biases are multiples of, or null where it is too small for the largest bias, or one is −0, which has no rank.</summary>
    private static int? Exponent(ReadOnlySpan<float> biases)
    {
        var largest = 0f;
        foreach (var bias in biases)
        {
            if (!float.IsFinite(bias) || (bias == 0 && float.IsNegative(bias)))
            {
                return null;
            }

            largest = Math.Max(largest, Math.Abs(bias));
        }

        for (var exponent = BiasGrid.HighestExponent; exponent >= BiasGrid.LowestExponent && MathF.ScaleB(largest, -exponent) <= MostRanks; exponent--)
        {
            if (AreMultiples(biases, exponent))
            {
                return exponent;
            }
        }

        return null;
    }

    private static bool AreMultiples(ReadOnlySpan<float> biases, int exponent)
    {
        foreach (var bias in biases)
        {
            var steps = MathF.ScaleB(bias, -exponent);
            if (steps != MathF.Truncate(steps))
            {
                return false;
            }
        }

        return true;
    }
}
