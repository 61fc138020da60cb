using System;
using System.Linq;
using Espalier.Coding;

namespace Espalier;

/// <summary>How many bits of the blob say what a kept weight is and where it stands: the two columns of Deep Compression's tables.</summary>
/// <param name="WeightBits">Bits for each kept weight's value.</param>
/// <param name="IndexBits">Bits for each kept weight's place; 0 where every weight is coded in its turn.</param>
internal readonly record struct StoredBits(double WeightBits, double IndexBits)
{
    /// <param name="weights">The layer's weights.</param>
    /// <param name="goal">How they are coded.</param>
    public static StoredBits Of(LayerWeights weights, CodingGoal goal)
    {
        if (weights.Count == 0)
        {
            return default;
        }

        var huffman = OfHuffman(weights);
        if (goal != CodingGoal.Smallest || WeightRanks.Of(weights) is not { } ranks)
        {
            return huffman;
        }

        var kept = Math.Max(1.0, weights.Nonzeros);
        var bits = RangeCodedWeights.Measure(ranks, weights.Rows, NeighbourHints.Of(weights.Layer));
        var values = weights is FloatLayerWeights { Centroids: null } ? huffman.WeightBits : bits.Values / kept;
        return values + (bits.Places / kept) < huffman.WeightBits + huffman.IndexBits ? new(values, bits.Places / kept) : huffman;
    }

    private static StoredBits OfHuffman(LayerWeights weights)
    {
        var kept = Math.Max(1.0, weights.Nonzeros);
        if (weights is IntegerLayerWeights integer)
        {
            var codes = new byte[integer.Codes.Length];
            for (var i = 0; i < codes.Length; i++)
            {
                codes[i] = (byte)integer.Codes[i];
            }

            var bits = SparseSymbols.Measure(codes);
            return new(bits.Values / kept, bits.Gaps / kept);
        }

        var floats = (FloatLayerWeights)weights;
        var values = floats.Values.ToArray();
        if (floats.Centroids is { } centroids)
        {
            // Symbol 0 must be weight 0, as in the blob; which of the others is which does not change a code's cost.
            var zero = Array.IndexOf(centroids, 0f);
            var bits = SparseSymbols.Measure([.. values.Select(value => value == 0 ? (byte)0 : (byte)(Array.BinarySearch(centroids, value) is var at && at < zero ? at + 1 : at))]);
            return new(bits.Values / kept, bits.Gaps / kept);
        }

        var mask = SparseSymbols.Measure([.. values.Select(value => value == 0 ? (byte)0 : (byte)1)]);
        var width = NumberRange.Of(weights.Layer.Quantization.Weights).Bits;
        return new(width == 16 && weights.Layer.Quantization.Weights != Precision.Int16 ? 16 : 32, (mask.Values + mask.Gaps) / kept);
    }
}
