using System;
using System.Buffers.Binary;

namespace Espalier.Coding;

/// <summary>Floats in the narrowest format that holds every one of them exactly. Their number is not stored: the reader knows it.</summary>
internal static class FloatStream
{
    private const byte Fp32 = 0;
    private const byte Fp16 = 1;
    private const byte Bf16 = 2;

    public static void Write(BitWriter writer, ReadOnlySpan<float> values)
    {
        var format = FormatOf(values);
        writer.WriteByte(format);
        foreach (var value in values)
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            switch (format)
            {
                case Fp32:
                    writer.WriteSingle(value);
                    break;
                case Fp16:
                    var half = BitConverter.HalfToUInt16Bits((Half)value);
                    writer.WriteByte((byte)half);
                    writer.WriteByte((byte)(half >> 8));
                    break;
                default:
                    writer.WriteByte((byte)(bits >> 16));
                    writer.WriteByte((byte)(bits >> 24));
                    break;
            }
        }
    }

    /// <param name="reader">Where from.</param>
    /// <param name="count">How many: nothing is allocated before as many bytes are there.</param>
    public static float[] Read(ref BitReader reader, int count)
    {
        var format = reader.ReadByte();
        if (format > Bf16)
        {
            throw new CodingException($"numbers are in the unknown format {format}");
        }

        var size = format == Fp32 ? 4 : 2;
        if (count > reader.Remaining / size)
        {
            throw new CodingException("the data ends too early");
        }

        var bytes = reader.ReadBytes(count * size);
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var number = bytes.Slice(i * size, size);
            values[i] = format switch
            {
                Fp32 => BinaryPrimitives.ReadSingleLittleEndian(number),
                Fp16 => (float)BinaryPrimitives.ReadHalfLittleEndian(number),
                _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(number) << 16),
            };
        }

        return values;
    }

    private static byte FormatOf(ReadOnlySpan<float> values)
    {
        bool fp16 = true, bf16 = true;
        foreach (var value in values)
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            bf16 &= (bits & 0xFFFF) == 0;
            fp16 &= BitConverter.SingleToUInt32Bits((float)(Half)value) == bits;
        }

        return fp16 ? Fp16 : bf16 ? Bf16 : Fp32;
    }
}
