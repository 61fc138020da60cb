using System;
using System.Collections.Generic;

namespace Espalier.Coding;

/// <summary>Writes numbers of any width, lowest bit first.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _used = 8;

    /// <summary>Bytes so far, the last one perhaps in part.</summary>
    public int Length => _bytes.Count;

    public void Bits(uint value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (_used == 8)
            {
                _bytes.Add(0);
                _used = 0;
            }

            _bytes[^1] |= (byte)(((value >> i) & 1) << _used++);
        }
    }

    /// <summary>Goes on at the next whole byte.</summary>
    public void Align() => _used = 8;

    public void Byte(int value) => Bits((uint)value, 8);

    /// <summary>Seven bits a byte, the highest bit says that more follow.</summary>
    public void Number(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value > 127; value >>= 7)
        {
            Byte((value & 127) | 128);
        }

        Byte(value);
    }

    public void Single(float value) => Bits(BitConverter.SingleToUInt32Bits(value), 32);

    public byte[] ToArray() => [.. _bytes];
}
