using System.Runtime.CompilerServices;

namespace Espalier.Coding;

/// <summary>Reads what <see cref="RangeEncoder"/> wrote. Bytes that a damaged stream lacks are zeros; how many decisions it makes is up to the caller.</summary>
internal struct RangeDecoder : IBinaryCoder
{
    private const uint Least = 1u << 24;

    private readonly byte[] _bytes;
    private int _next;
    private uint _range;
    private uint _code;

    public RangeDecoder(byte[] bytes)
    {
        _bytes = bytes;
        _range = uint.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            _code = (_code << 8) | Next();
        }
    }

    /// <summary>Whether all bytes were needed: an encoder writes none beyond.</summary>
    public readonly bool AtEnd => _next >= _bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Code(int bit, int one)
    {
        var bound = (uint)(((ulong)_range * (uint)one) >> 16);
        if (_code < bound)
        {
            _range = bound;
            bit = 1;
        }
        else
        {
            _code -= bound;
            _range -= bound;
            bit = 0;
        }

        for (; _range < Least; _range <<= 8)
        {
            _code = (_code << 8) | Next();
        }

        return bit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Next()
    {
        var at = _next++;
        return (uint)at < (uint)_bytes.Length ? _bytes[at] : 0u;
    }
}
