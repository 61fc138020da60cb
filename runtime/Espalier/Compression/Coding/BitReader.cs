using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Espalier.Coding;

/// <summary>What is read is not what a writer wrote; becomes an <see cref="ArtifactException"/> that names file and layer.</summary>
internal sealed class MalformedBlobException(string message) : Exception(message);

/// <summary>Reads what <see cref="BitWriter"/> wrote, and never past the end.</summary>
/// <param name="bytes">What was written.</param>
/// <param name="length">How many of the bytes belong to it, from the first on.</param>
internal sealed class BitReader(byte[] bytes, int length)
{
    private long _position;

    public BitReader(byte[] bytes)
        : this(bytes, bytes.Length)
    {
    }

    private long Remaining => (8L * length) - _position;

    /// <summary>Up to 32 bits.</summary>
    public uint Bits(int count)
    {
        var value = Peek() & ((1UL << count) - 1);
        Skip(count);
        return (uint)value;
    }

    /// <summary>The next 57 bits or more, the lowest first, without going on; zeros after the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Peek()
    {
        var at = (int)(_position >> 3);
        return (at <= length - sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)) : Last(at)) >> (int)(_position & 7);
    }

    private ulong Last(int at)
    {
        var value = 0UL;
        for (var i = at; i < length; i++)
        {
            value |= (ulong)bytes[i] << (8 * (i - at));
        }

        return value;
    }

    /// <summary>Goes on by bits that were looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        Require(count);
        _position += count;
    }

    public void Align() => _position = (_position + 7) / 8 * 8;

    public int Byte() => (int)Bits(8);

    public int Number()
    {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & 127) << shift;
            if (part < 128)
            {
                return value <= int.MaxValue ? (int)value : throw new MalformedBlobException("a number is too large");
            }
        }

        throw new MalformedBlobException("a number has no end");
    }

    public float Single() => BitConverter.UInt32BitsToSingle(Bits(32));

    /// <summary>Before allocating for so many numbers: whether the file could hold them at all.</summary>
    public void Require(long bits)
    {
        if (bits > Remaining)
        {
            ThrowEnd();
        }
    }

    [DoesNotReturn]
    private static void ThrowEnd() => throw new MalformedBlobException("the data ends too early");

    public bool AtEnd => Remaining < 8;
}
