using System;

namespace Espalier.Coding;

/// <summary>A list of symbols with the Huffman code that fits it. Its length is not stored: the reader knows it.</summary>
internal static class SymbolStream
{
    public static void Write(BitWriter writer, ReadOnlySpan<byte> symbols)
    {
        var counts = new long[256];
        foreach (var symbol in symbols)
        {
            counts[symbol]++;
        }

        var code = new HuffmanCode(counts);
        code.WriteLengths(writer);
        foreach (var symbol in symbols)
        {
            code.Write(writer, symbol);
        }

        writer.Align();
    }

    public static void Read(ref BitReader reader, Span<byte> symbols, int alphabet)
    {
        var table = HuffmanTable.Read(ref reader, alphabet);
        for (var i = 0; i < symbols.Length; i++)
        {
            symbols[i] = table.Read(ref reader);
        }

        reader.Align();
    }
}
