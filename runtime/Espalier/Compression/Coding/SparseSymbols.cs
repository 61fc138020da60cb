using System;
using System.Linq;

namespace Espalier.Coding;

/// <summary>
/// Codes an array of symbols from 0 to 255, most of them perhaps 0: either every symbol by Huffman, or, as in Deep Compression, the
/// distance from each nonzero symbol to the next and the symbol itself, each by a Huffman code of its own. Whichever is smaller.
/// </summary>
internal static class SparseSymbols
{
    // Distances 0 to 30; 31 stands for 31 zeros with no symbol after them.
    private const int Skip = 31;

    // What the second table and the number of symbols take, about.
    private const int SparseOverhead = 80;

    /// <summary>Bits that places and values take, the tables of the codes not counted.</summary>
    public static (long Gaps, long Values) Measure(ReadOnlySpan<byte> symbols)
    {
        var (dense, gaps, values) = Frequencies(symbols);
        var (denseBits, gapBits, valueBits) = (HuffmanCode.For(dense).Cost(dense), HuffmanCode.For(gaps).Cost(gaps), HuffmanCode.For(values).Cost(values));
        return denseBits <= gapBits + valueBits + SparseOverhead ? (0, denseBits) : (gapBits, valueBits);
    }

    public static void Write(BitWriter writer, ReadOnlySpan<byte> symbols)
    {
        var (dense, gaps, values) = Frequencies(symbols);
        var (denseCode, gapCode, valueCode) = (HuffmanCode.For(dense), HuffmanCode.For(gaps), HuffmanCode.For(values));
        if (denseCode.Cost(dense) <= gapCode.Cost(gaps) + valueCode.Cost(values) + SparseOverhead)
        {
            writer.Byte(0);
            denseCode.WriteTable(writer);
            foreach (var symbol in symbols)
            {
                denseCode.Write(writer, symbol);
            }
        }
        else
        {
            writer.Byte(1);
            writer.Number(values.Sum());
            gapCode.WriteTable(writer);
            valueCode.WriteTable(writer);
            WriteSparse(writer, symbols, gapCode, valueCode);
        }

        writer.Align();
    }

    /// <summary>Every symbol as it is.</summary>
    private static readonly byte[] s_themselves = Themselves();

    /// <summary>Reads as many symbols as the array has room for.</summary>
    public static void Read(BitReader reader, Span<byte> symbols) => Read(reader, symbols, s_themselves);

    /// <summary>Reads as many symbols as the array has room for, and writes what they stand for.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="symbols">Room for them.</param>
    /// <param name="meanings">By symbol, what to write; a symbol beyond the end is damage.</param>
    public static void Read(BitReader reader, Span<byte> symbols, ReadOnlySpan<byte> meanings)
    {
        switch (reader.Byte())
        {
            case 0:
                var code = HuffmanCode.ReadTable(reader);
                reader.Require(symbols.Length);
                foreach (ref var symbol in symbols)
                {
                    symbol = Meaning(code.Read(reader), meanings);
                }

                break;
            case 1:
                ReadSparse(reader, symbols, meanings);
                break;
            default:
                throw new MalformedBlobException("the coding of a layer is unknown");
        }

        reader.Align();
    }

    private static (int[] Dense, int[] Gaps, int[] Values) Frequencies(ReadOnlySpan<byte> symbols)
    {
        var (dense, gaps, values) = (new int[256], new int[Skip + 1], new int[256]);
        var zeros = 0;
        foreach (var symbol in symbols)
        {
            dense[symbol]++;
            if (symbol != 0)
            {
                gaps[zeros % Skip]++;
                gaps[Skip] += zeros / Skip;
                values[symbol]++;
                zeros = 0;
            }
            else
            {
                zeros++;
            }
        }

        return (dense, gaps, values);
    }

    private static void WriteSparse(BitWriter writer, ReadOnlySpan<byte> symbols, HuffmanCode gapCode, HuffmanCode valueCode)
    {
        var zeros = 0;
        foreach (var symbol in symbols)
        {
            if (symbol == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros >= Skip; zeros -= Skip)
            {
                gapCode.Write(writer, Skip);
            }

            gapCode.Write(writer, zeros);
            valueCode.Write(writer, symbol);
            zeros = 0;
        }
    }

    private static byte Meaning(int symbol, ReadOnlySpan<byte> meanings) =>
        symbol < meanings.Length ? meanings[symbol] : throw new MalformedBlobException("a weight names a centroid that does not exist");

    private static byte[] Themselves()
    {
        var symbols = new byte[256];
        for (var symbol = 0; symbol < symbols.Length; symbol++)
        {
            symbols[symbol] = (byte)symbol;
        }

        return symbols;
    }

    private static void ReadSparse(BitReader reader, Span<byte> symbols, ReadOnlySpan<byte> meanings)
    {
        var nonzeros = reader.Number();
        var gapCode = HuffmanCode.ReadTable(reader);
        var valueCode = HuffmanCode.ReadTable(reader);
        symbols.Fill(Meaning(0, meanings));
        var at = -1L;
        for (var i = 0; i < nonzeros; i++)
        {
            // Mostly both codes lie in the bits that one look shows: at most twenty of them.
            var bits = reader.Peek();
            var first = gapCode.Direct(bits);
            var second = valueCode.Direct(bits >> (first & 255));
            if (first != 0 && second != 0 && first >> 8 < Skip && at + (first >> 8) + 1 < symbols.Length)
            {
                at += (first >> 8) + 1;
                reader.Skip((first & 255) + (second & 255));
                symbols[(int)at] = Meaning(second >> 8, meanings);
                continue;
            }

            var gap = gapCode.Read(reader);
            for (; gap == Skip; gap = gapCode.Read(reader))
            {
                at += Skip;
            }

            at += gap + 1;
            if (gap > Skip || at >= symbols.Length)
            {
                throw new MalformedBlobException("a weight lies outside of its layer");
            }

            symbols[(int)at] = Meaning(valueCode.Read(reader), meanings);
        }
    }
}
