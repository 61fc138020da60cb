using System;

namespace Espalier.Numerics;

/// <summary>Rounds floats to what a stored format can hold.</summary>
internal static class StoredFormats
{
    public static float ToFp16(float value)
    {
        var limited = Math.Clamp(value, (float)Half.MinValue, (float)Half.MaxValue);
        return (float)(Half)limited;
    }

    /// <summary>The upper 16 bits of an fp32, halves to the even one.</summary>
    public static float ToBf16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }
}
