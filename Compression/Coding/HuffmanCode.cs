using System;

namespace Espalier.Coding;

/// <summary>A canonical Huffman code: shorter codes first, equal lengths by symbol. Only the lengths are stored.</summary>
internal sealed class HuffmanCode
{
    private readonly byte[] _lengths;
    private readonly int[] _codes;
    private readonly int _used;

    public HuffmanCode(ReadOnlySpan<long> counts)
    {
        _lengths = HuffmanLengths.Of(counts);
        _codes = CanonicalCodes(_lengths);
        foreach (var length in _lengths)
        {
            _used += length > 0 ? 1 : 0;
        }
    }

    /// <summary>The codes of all symbols, by symbol.</summary>
    public static int[] CanonicalCodes(ReadOnlySpan<byte> lengths)
    {
        var codes = new int[lengths.Length];
        var code = 0;
        for (var length = 1; length <= HuffmanLengths.Most; length++, code <<= 1)
        {
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    codes[symbol] = code++;
                }
            }
        }

        return codes;
    }

    /// <summary>The span of symbols that occur and the length of each in 4 bits.</summary>
    public void WriteLengths(BitWriter writer)
    {
        var lengths = _lengths.AsSpan();
        var first = lengths.IndexOfAnyExcept((byte)0);
        if (first < 0)
        {
            writer.WriteNumber(0);
            return;
        }

        var span = lengths[first..(lengths.LastIndexOfAnyExcept((byte)0) + 1)];
        writer.WriteNumber(span.Length);
        writer.WriteNumber(first);
        foreach (var length in span)
        {
            writer.WriteBits(length, 4);
        }

        writer.Align();
    }

    public void Write(BitWriter writer, int symbol)
    {
        if (_used > 1)
        {
            writer.WriteBits(_codes[symbol], _lengths[symbol]);
        }
    }
}
