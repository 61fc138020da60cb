using System;
using System.Collections.Generic;

namespace Espalier.Coding;

/// <summary>The weights of a layer as symbols, densely or as gaps and nonzeros: whichever is smaller.</summary>
internal static class WeightStream
{
    private const byte Dense = 0;
    private const byte Sparse = 1;

    /// <param name="writer">Where to.</param>
    /// <param name="symbols">One a weight.</param>
    /// <param name="zero">The symbol of weight 0; negative when there is none.</param>
    public static void Write(BitWriter writer, ReadOnlySpan<byte> symbols, int zero)
    {
        var dense = new BitWriter();
        dense.WriteByte(Dense);
        SymbolStream.Write(dense, symbols);
        if (zero < 0)
        {
            writer.WriteBytes(dense.ToArray());
            return;
        }

        var positions = new List<int>();
        var nonzeros = new List<byte>();
        for (var i = 0; i < symbols.Length; i++)
        {
            if (symbols[i] != zero)
            {
                positions.Add(i);
                nonzeros.Add(symbols[i]);
            }
        }

        var sparse = new BitWriter();
        sparse.WriteByte(Sparse);
        GapStream.Write(sparse, positions.ToArray());
        SymbolStream.Write(sparse, nonzeros.ToArray());
        writer.WriteBytes((sparse.Length < dense.Length ? sparse : dense).ToArray());
    }

    /// <summary>Symbols under <paramref name="alphabet"/>.</summary>
    public static byte[] Read(ref BitReader reader, int count, int zero, int alphabet)
    {
        var form = reader.ReadByte();
        var symbols = new byte[count];
        if (form == Dense)
        {
            SymbolStream.Read(ref reader, symbols, alphabet);
            return symbols;
        }

        if (form != Sparse || zero < 0)
        {
            throw new CodingException($"weights are in the unknown form {form}");
        }

        var positions = GapStream.Read(ref reader, count);
        var nonzeros = new byte[positions.Length];
        SymbolStream.Read(ref reader, nonzeros, alphabet);
        Array.Fill(symbols, (byte)zero);
        for (var i = 0; i < positions.Length; i++)
        {
            symbols[positions[i]] = nonzeros[i];
        }

        return symbols;
    }
}
