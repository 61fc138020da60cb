using System;
using System.Text;
using Espalier.Coding;

namespace Espalier;

/// <summary>Numbers that are mostly below eight: three bits at a time, lowest first, and a bit that says that more follow.</summary>
internal static class SmallNumbers
{
    /// <summary>More than C# has room for in a name: what claims more is damaged, and would fill messages.</summary>
    public const int MostTextBytes = 4096;

    public static void Write(BitWriter writer, int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value > 7; value >>= 3)
        {
            writer.Bits((uint)(value & 7) | 8, 4);
        }

        writer.Bits((uint)value, 4);
    }

    public static int Read(BitReader reader)
    {
        var value = 0L;
        for (var shift = 0; shift < 33; shift += 3)
        {
            var part = reader.Bits(4);
            value |= (long)(part & 7) << shift;
            if (part < 8)
            {
                return value <= int.MaxValue ? (int)value : throw new MalformedBlobException("a number is too large");
            }
        }

        throw new MalformedBlobException("a number has no end");
    }

    /// <summary>The number of UTF-8 bytes, and the bytes.</summary>
    public static void Text(BitWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(writer, bytes.Length);
        foreach (var value in bytes)
        {
            writer.Byte(value);
        }
    }

    public static string Text(BitReader reader)
    {
        var length = Read(reader);
        if (length > MostTextBytes)
        {
            throw new MalformedBlobException($"a name has {length} bytes");
        }

        reader.Require(8L * length);
        var bytes = new byte[length];
        foreach (ref var value in bytes.AsSpan())
        {
            value = (byte)reader.Byte();
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
