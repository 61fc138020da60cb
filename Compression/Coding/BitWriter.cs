using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Espalier.Coding;

/// <summary>Writes bits, most significant first, and whole bytes after the last started one.</summary>
internal sealed class BitWriter
{
    private readonly MemoryStream _bytes = new();
    private ulong _buffer;
    private int _count;

    /// <summary>Bytes so far, the started one included.</summary>
    public long Length => _bytes.Length + (_count > 0 ? 1 : 0);

    public void WriteBits(int value, int count)
    {
        _buffer = (_buffer << count) | (uint)value;
        _count += count;
        while (_count >= 8)
        {
            _count -= 8;
            _bytes.WriteByte((byte)(_buffer >> _count));
        }
    }

    /// <summary>Fills the started byte with zeros.</summary>
    public void Align()
    {
        if (_count > 0)
        {
            WriteBits(0, 8 - _count);
        }
    }

    public void WriteByte(byte value)
    {
        Align();
        _bytes.WriteByte(value);
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Align();
        _bytes.Write(bytes);
    }

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow.</summary>
    public void WriteNumber(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            WriteByte((byte)(rest | 0x80));
        }

        WriteByte((byte)rest);
    }

    public void WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(bytes.Length);
        WriteBytes(bytes);
    }

    public void WriteSingle(float value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        WriteBytes(bytes);
    }

    public void WriteDouble(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        WriteBytes(bytes);
    }

    public byte[] ToArray()
    {
        Align();
        return _bytes.ToArray();
    }
}
