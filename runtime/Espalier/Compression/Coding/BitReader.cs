using System;
using System.Buffers.Binary;

namespace Espalier.Coding;

/// <summary>What is read is not what a writer wrote; becomes an <see cref="ArtifactException"/> that names file and layer.</summary>
internal sealed class MalformedBlobException(string message) : Exception(message);

/// <summary>Reads what <see cref="BitWriter"/> wrote, and never past the end.</summary>
/// <param name="bytes">What was written.</param>
/// <param name="length">How many of the bytes belong to it, from the first on.</param>
internal sealed class BitReader(byte[] bytes, int length)
{
    /// <summary>Bits that <see cref="Peek"/> shows at least, unless the end comes first.</summary>
    public const int PeekBits = 57;

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

    /// <summary>The next bits, the lowest first, without going on; zeros after the end.</summary>
    public ulong Peek()
    {
        var (at, shift) = ((int)(_position >> 3), (int)(_position & 7));
        if (at <= length - sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)) >> shift;
        }

        var value = 0UL;
        for (var i = at; i < length; i++)
        {
            value |= (ulong)bytes[i] << (8 * (i - at));
        }

        return value >> shift;
    }

    /// <summary>Goes on by bits that were looked at.</summary>
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
            throw new MalformedBlobException("the data ends too early");
        }
    }

    public bool AtEnd => Remaining < 8;
}
