using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Coding;

/// <summary>A canonical Huffman code over symbols from 0 to 255: only the lengths are stored, four bits each.</summary>
internal sealed class HuffmanCode
{
    private const int MaximalLength = 15;
    private readonly int[] _lengths;
    private readonly uint[] _codes;

    // By length: the first code, the first place in _ordered, and how many codes.
    private readonly int[] _first = new int[MaximalLength + 2];
    private readonly int[] _counts = new int[MaximalLength + 2];
    private readonly int[] _ordered;

    private HuffmanCode(int[] lengths)
    {
        _lengths = lengths;
        _codes = new uint[lengths.Length];
        _ordered = [.. Enumerable.Range(0, lengths.Length).Where(symbol => lengths[symbol] > 0).OrderBy(symbol => lengths[symbol]).ThenBy(symbol => symbol)];
        foreach (var symbol in _ordered)
        {
            _counts[lengths[symbol]]++;
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
        return new HuffmanCode(lengths);
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
