using System;
using System.Buffers.Binary;
using System.Text;

namespace Espalier.Coding;

/// <summary>Reads what <see cref="BitWriter"/> wrote. Reading past the end throws a <see cref="CodingException"/>.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _buffer;
    private int _count;
    private int _next;

    /// <summary>Whole bytes that are not read yet.</summary>
    public readonly int Remaining => _data.Length - _next + (_count / 8);

    /// <summary>The next 1 to 32 bits without taking them; zeros stand for bits after the end.</summary>
    public uint Peek(int count)
    {
        if (_count < count)
        {
            Fill();
        }

        return (uint)(_buffer >> (64 - count));
    }

    public void Skip(int count)
    {
        if (count > _count)
        {
            throw new CodingException("the data ends too early");
        }

        _buffer <<= count;
        _count -= count;
    }

    public int ReadBits(int count)
    {
        var value = Peek(count);
        Skip(count);
        return (int)value;
    }

    public void Align() => Skip(_count & 7);

    public byte ReadByte() => ReadBytes(1)[0];

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        Align();
        if (count > Remaining)
        {
            throw new CodingException("the data ends too early");
        }

        var start = _next - (_count / 8);
        (_buffer, _count, _next) = (0, 0, start + count);
        return _data.Slice(start, count);
    }

    /// <summary>A number from 0 to <paramref name="most"/>.</summary>
    public int ReadNumber(int most, string what)
    {
        long value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = ReadByte();
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value <= most ? (int)value : throw new CodingException($"{what} is {value}, but {most} is the most it can be");
            }
        }

        throw new CodingException($"{what} is no number");
    }

    public string ReadText(string what) => Encoding.UTF8.GetString(ReadBytes(ReadNumber(Remaining, $"the length of {what}")));

    public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(ReadBytes(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(ReadBytes(8));

    private void Fill()
    {
        while (_count <= 56 && _next < _data.Length)
        {
            _buffer |= (ulong)_data[_next++] << (56 - _count);
            _count += 8;
        }
    }
}
