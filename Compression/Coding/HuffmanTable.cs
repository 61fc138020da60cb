using System;

namespace Espalier.Coding;

/// <summary>Decodes a canonical Huffman code: one look-up of as many bits as the longest code has.</summary>
internal sealed class HuffmanTable
{
    // Symbol in the high byte, length in the low one.
    private readonly ushort[] _entries;
    private readonly int _bits;
    private readonly int _lone;

    private HuffmanTable(ushort[] entries, int bits, int lone) => (_entries, _bits, _lone) = (entries, bits, lone);

    public static HuffmanTable Read(ref BitReader reader, int alphabet)
    {
        var span = reader.ReadNumber(alphabet, "the span of a code");
        var lengths = new byte[alphabet];
        if (span == 0)
        {
            return new HuffmanTable([], 0, -1);
        }

        var first = reader.ReadNumber(alphabet - span, "the first symbol of a code");
        for (var i = 0; i < span; i++)
        {
            lengths[first + i] = (byte)reader.ReadBits(4);
        }

        reader.Align();
        return From(lengths);
    }

    public byte Read(ref BitReader reader)
    {
        if (_bits == 0)
        {
            return _lone >= 0 ? (byte)_lone : throw new CodingException("a symbol is taken from an empty code");
        }

        var entry = _entries[reader.Peek(_bits)];
        reader.Skip(entry & 0xFF);
        return (byte)(entry >> 8);
    }

    private static HuffmanTable From(byte[] lengths)
    {
        int used = 0, bits = 0, lone = -1, filled = 0;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] > 0)
            {
                (used, lone, bits) = (used + 1, symbol, Math.Max(bits, lengths[symbol]));
                filled += 1 << (HuffmanLengths.Most - lengths[symbol]);
            }
        }

        if (used == 1 && bits == 1)
        {
            return new HuffmanTable([], 0, lone);
        }

        if (filled != 1 << HuffmanLengths.Most)
        {
            throw new CodingException("the lengths of a code do not add up");
        }

        var entries = new ushort[1 << bits];
        var codes = HuffmanCode.CanonicalCodes(lengths);
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] is > 0 and var length)
            {
                entries.AsSpan(codes[symbol] << (bits - length), 1 << (bits - length)).Fill((ushort)((symbol << 8) | length));
            }
        }

        return new HuffmanTable(entries, bits, -1);
    }
}
