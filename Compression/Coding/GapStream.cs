using System;
using System.Collections.Generic;

namespace Espalier.Coding;

/// <summary>
/// Positions of nonzeros in row-major order as gaps: the zeros between two neighbours, 0 to 14; 15 stands for fifteen zeros and no
/// nonzero yet. Zeros after the last nonzero are not stored.
/// </summary>
internal static class GapStream
{
    public const int Skip = 15;

    public static void Write(BitWriter writer, ReadOnlySpan<int> positions)
    {
        var symbols = new List<byte>(positions.Length * 2);
        var next = 0;
        foreach (var position in positions)
        {
            var gap = position - next;
            for (; gap >= Skip; gap -= Skip)
            {
                symbols.Add(Skip);
            }

            symbols.Add((byte)gap);
            next = position + 1;
        }

        writer.WriteNumber(positions.Length);
        SymbolStream.Write(writer, symbols.ToArray());
    }

    /// <summary>Rising positions under <paramref name="count"/>.</summary>
    public static int[] Read(ref BitReader reader, int count)
    {
        var positions = new int[reader.ReadNumber(count, "the number of nonzeros")];
        var table = HuffmanTable.Read(ref reader, Skip + 1);
        var next = 0;
        for (var i = 0; i < positions.Length; i++)
        {
            int gap;
            do
            {
                gap = table.Read(ref reader);
                if (gap >= count - next)
                {
                    throw new CodingException("a nonzero lies outside of the layer");
                }

                next += gap;
            }
            while (gap == Skip);
            positions[i] = next++;
        }

        reader.Align();
        return positions;
    }
}
