using System;
using Espalier.Coding;

namespace Espalier;

/// <summary>The choice between the ways of coding a layer's weights: Huffman codes, which decode fastest, and adaptive coding.</summary>
internal static class CodedWeights
{
    // 0 and 1 are SparseSymbols'.
    private const int Adaptive = 2;

    /// <summary>Writes weights as Huffman codes, or adaptively where the goal is size and that is smaller.</summary>
    /// <param name="writer">Where to; at a whole byte.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="symbols">The same as symbols, 0 for weight 0.</param>
    /// <param name="goal">What to choose by.</param>
    /// <returns>Whether they are coded adaptively.</returns>
    public static bool Write(BitWriter writer, LayerWeights weights, ReadOnlySpan<byte> symbols, CodingGoal goal)
    {
        var huffman = new BitWriter();
        SparseSymbols.Write(huffman, symbols);
        var smallest = huffman;
        if (goal == CodingGoal.Smallest && WeightRanks.Of(weights) is { } ranks)
        {
            var adaptive = new BitWriter();
            adaptive.Byte(Adaptive);
            RangeCodedWeights.Write(adaptive, ranks, weights.Rows, NeighbourHints.Of(weights.Layer));
            smallest = adaptive.Length < huffman.Length ? adaptive : huffman;
        }

        foreach (var value in smallest.ToArray())
        {
            writer.Byte(value);
        }

        return smallest != huffman;
    }

    /// <summary>Whether adaptively coded ranks come next.</summary>
    public static bool AreRanks(BitReader reader) => (reader.Peek() & 255) == Adaptive;

    /// <summary>One rank for each weight. The number was compared with the model's own, so it is bounded by what the caller has already.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="positive">The largest rank that there is.</param>
    /// <param name="negative">The magnitude of the lowest rank that there is; below 0 where none means weight 0.</param>
    public static short[] ReadRanks(BitReader reader, LayerDescription layer, int positive, int negative)
    {
        reader.Byte();
        var ranks = new short[checked(layer.WeightRows * layer.WeightColumns)];
        RangeCodedWeights.Read(reader, ranks, layer.WeightRows, positive, negative);
        return ranks;
    }
}
