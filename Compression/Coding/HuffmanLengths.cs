using System;
using System.Collections.Generic;

namespace Espalier.Coding;

/// <summary>Chooses the lengths of a Huffman code, at most <see cref="Most"/> bits each.</summary>
internal static class HuffmanLengths
{
    public const int Most = 15;

    /// <summary>One length per symbol: 0 for symbols that do not occur. A lone symbol gets length 1, although it is written in no bits.</summary>
    public static byte[] Of(ReadOnlySpan<long> counts)
    {
        var weights = counts.ToArray();
        while (true)
        {
            var lengths = Build(weights, out var longest);
            if (longest <= Most)
            {
                return lengths;
            }

            // Flatter counts give a flatter tree; with equal counts 256 symbols need 8 bits.
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = (weights[i] + 1) / 2;
            }
        }
    }

    private static byte[] Build(long[] weights, out int longest)
    {
        var parents = new int[2 * weights.Length];
        var queue = new PriorityQueue<int, (long Weight, int Node)>();
        for (var symbol = 0; symbol < weights.Length; symbol++)
        {
            if (weights[symbol] > 0)
            {
                queue.Enqueue(symbol, (weights[symbol], symbol));
            }
        }

        var lone = queue.Count == 1;
        var next = weights.Length;
        while (queue.Count > 1)
        {
            queue.TryDequeue(out var a, out var first);
            queue.TryDequeue(out var b, out var second);
            parents[a] = parents[b] = next;
            queue.Enqueue(next, (first.Weight + second.Weight, next));
            next++;
        }

        longest = 0;
        var lengths = new byte[weights.Length];
        for (var symbol = 0; symbol < weights.Length; symbol++)
        {
            var depth = lone && weights[symbol] > 0 ? 1 : 0;
            for (var node = parents[symbol]; node != 0; node = parents[node])
            {
                depth++;
            }

            lengths[symbol] = (byte)depth;
            longest = Math.Max(longest, depth);
        }

        return lengths;
    }
}
