using System;
using Espalier.Coding;

namespace Espalier;

/// <summary>Arrays of floats in the smallest form that holds them exactly: 16-bit halves, or 32 bits.</summary>
internal static class FloatArrays
{
    public static void Write(BitWriter writer, ReadOnlySpan<float> values)
    {
        var halves = true;
        foreach (var value in values)
        {
            halves &= BitConverter.SingleToInt32Bits((float)(Half)value) == BitConverter.SingleToInt32Bits(value);
        }

        writer.Byte(halves ? 1 : 0);
        foreach (var value in values)
        {
            if (halves)
            {
                writer.Bits(BitConverter.HalfToUInt16Bits((Half)value), 16);
            }
            else
            {
                writer.Single(value);
            }
        }
    }

    public static float[] Read(BitReader reader, int count)
    {
        var form = reader.Byte();
        if (form > 1)
        {
            throw new MalformedBlobException("the form of an array is unknown");
        }

        reader.Require((form == 1 ? 16L : 32L) * count);
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = form == 1 ? (float)BitConverter.UInt16BitsToHalf((ushort)reader.Bits(16)) : reader.Single();
        }

        return values;
    }
}
