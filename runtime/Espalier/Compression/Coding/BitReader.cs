using System;

namespace Espalier.Coding;

/// <summary>What is read is not what a writer wrote; becomes an <see cref="ArtifactException"/> that names file and layer.</summary>
internal sealed class MalformedBlobException(string message) : Exception(message);

/// <summary>Reads what <see cref="BitWriter"/> wrote, and never past the end.</summary>
internal sealed class BitReader(byte[] bytes)
{
    private long _position;

    private long Remaining => (8L * bytes.Length) - _position;

    public uint Bits(int count)
    {
        Require(count);
        uint value = 0;
        for (var i = 0; i < count; i++, _position++)
        {
            value |= (uint)((bytes[_position >> 3] >> (int)(_position & 7)) & 1) << i;
        }

        return value;
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
