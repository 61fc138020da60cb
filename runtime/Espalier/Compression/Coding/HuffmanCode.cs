using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Coding;

/// <summary>A canonical Huffman code over symbols from 0 to 255: only the lengths are stored, four bits each.</summary>
internal sealed class HuffmanCode
{
    private const int MaximalLength = 15;

    /// <summary>Bits that one look into a table decodes; more would take longer to fill than it saves for small layers.</summary>
    private const int MostDirectBits = 10;

    private readonly int[] _lengths;
    private readonly uint[] _codes;

    // By length: the first code, the first place in _ordered, and how many codes.
    private readonly int[] _first = new int[MaximalLength + 2];
    private readonly int[] _counts = new int[MaximalLength + 2];
    private readonly int[] _ordered;

    // By the next bits of the stream: a symbol and, in the low byte, the length of its code; 0 where the code is longer or means nothing.
    private ushort[] _direct = [];

    private HuffmanCode(int[] lengths)
    {
        _lengths = lengths;
        _codes = new uint[lengths.Length];
        foreach (var length in lengths)
        {
            _counts[length]++;
        }

        _ordered = new int[lengths.Length - _counts[0]];
        _counts[0] = 0;
        var ordered = 0;
        for (var length = 1; length <= MaximalLength; length++)
        {
            for (var symbol = 0; symbol < lengths.Length && _counts[length] > 0; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    _ordered[ordered++] = symbol;
                }
            }
        }

        var code = 0;
        var place = 0;
        for (var length = 1; length <= MaximalLength; length++)
        {
            code <<= 1;
            _first[length] = code;
            for (var i = 0; i < _counts[length]; i++)
            {
                _codes[_ordered[place++]] = (uint)code++;
            }

            if (code > 1 << length)
            {
                throw new MalformedBlobException("the lengths of a code do not fit together");
            }
        }
    }

    /// <summary>The best code for symbols that occur so often.</summary>
    public static HuffmanCode For(int[] frequencies)
    {
        var lengths = Lengths(frequencies);
        for (var flattened = frequencies; lengths.Max() > MaximalLength; lengths = Lengths(flattened))
        {
            // Too deep: halving the frequencies flattens the tree, and costs little where symbols are that rare.
            flattened = [.. flattened.Select(frequency => (frequency + 1) / 2)];
        }

        return new HuffmanCode(lengths);
    }

    /// <summary>Bits that symbols of such frequencies take, the table not counted.</summary>
    public long Cost(int[] frequencies) => frequencies.Select((frequency, symbol) => (long)frequency * _lengths[symbol]).Sum();

    public void WriteTable(BitWriter writer)
    {
        var last = Array.FindLastIndex(_lengths, length => length > 0);
        writer.Number(last + 1);
        for (var symbol = 0; symbol <= last; symbol++)
        {
            writer.Bits((uint)_lengths[symbol], 4);
        }

        writer.Align();
    }

    public static HuffmanCode ReadTable(BitReader reader)
    {
        var count = reader.Number();
        if (count > 256)
        {
            throw new MalformedBlobException("a code has more than 256 symbols");
        }

        var lengths = new int[Math.Max(1, count)];
        for (var symbol = 0; symbol < count; symbol++)
        {
            lengths[symbol] = (int)reader.Bits(4);
        }

        reader.Align();
        var code = new HuffmanCode(lengths);
        code._direct = code.DirectTable();
        return code;
    }

    public void Write(BitWriter writer, int symbol)
    {
        // The highest bit of a code comes first: that is what makes canonical decoding work.
        for (var bit = _lengths[symbol] - 1; bit >= 0; bit--)
        {
            writer.Bits(_codes[symbol] >> bit, 1);
        }
    }

    public int Read(BitReader reader)
    {
        var entry = Direct(reader.Peek());
        if (entry == 0)
        {
            return ReadLong(reader);
        }

        reader.Skip(entry & 255);
        return entry >> 8;
    }

    /// <summary>The symbol that bits start with and, in the low byte, the length of its code; 0 where a single look does not tell.</summary>
    public int Direct(ulong bits)
    {
        var table = _direct;
        return table[(int)bits & (table.Length - 1)];
    }

    /// <summary>Bit by bit: for codes beyond the table, which are rare because they are long.</summary>
    private int ReadLong(BitReader reader)
    {
        var (code, place) = (0, 0);
        for (var length = 1; length <= MaximalLength; length++)
        {
            code = (code << 1) | (int)reader.Bits(1);
            var index = code - _first[length];
            if (index >= 0 && index < _counts[length])
            {
                return _ordered[place + index];
            }

            place += _counts[length];
        }

        throw new MalformedBlobException("a code word means nothing");
    }

    private ushort[] DirectTable()
    {
        var longest = Array.FindLastIndex(_counts, count => count > 0);
        var table = new ushort[1 << Math.Clamp(longest, 0, MostDirectBits)];
        foreach (var symbol in _ordered)
        {
            // The stream has the highest bit of a code first, which is the lowest bit of what the reader shows.
            var length = _lengths[symbol];
            var reversed = 0;
            for (var bit = 0; bit < length; bit++)
            {
                reversed |= (int)((_codes[symbol] >> bit) & 1) << (length - 1 - bit);
            }

            for (var i = reversed; length <= MostDirectBits && i < table.Length; i += 1 << length)
            {
                table[i] = (ushort)((symbol << 8) | length);
            }
        }

        return table;
    }

    private static int[] Lengths(int[] frequencies)
    {
        var lengths = new int[Math.Max(1, frequencies.Length)];
        var queue = new PriorityQueue<int[], (long Frequency, int First)>();
        foreach (var symbol in Enumerable.Range(0, frequencies.Length).Where(symbol => frequencies[symbol] > 0))
        {
            queue.Enqueue([symbol], (frequencies[symbol], symbol));
        }

        if (queue.Count == 1)
        {
            lengths[queue.Dequeue()[0]] = 1;
        }

        while (queue.Count > 1)
        {
            queue.TryDequeue(out var left, out var a);
            queue.TryDequeue(out var right, out var b);
            int[] both = [.. left!, .. right!];
            foreach (var symbol in both)
            {
                lengths[symbol]++;
            }

            queue.Enqueue(both, (a.Frequency + b.Frequency, Math.Min(a.First, b.First)));
        }

        return lengths;
    }
}
