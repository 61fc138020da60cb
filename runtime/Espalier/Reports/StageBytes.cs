using System;
using System.Numerics;

namespace Espalier;

/// <summary>Bytes of a layer after each stage of compression, biases included: the stages of Deep Compression (Han et al., 2016), and the coders of the blob.</summary>
public sealed class StageBytes
{
    /// <summary>Bits of the distance from one kept weight to the next, as in Deep Compression's fully connected layers; a longer one takes fillers.</summary>
    internal const int DistanceBits = 5;

    private const int LongestDistance = (1 << DistanceBits) - 1;

    private StageBytes(long dense, long pruned, long quantized, long fastStart, long smallest)
    {
        Dense = dense;
        Pruned = pruned;
        Quantized = quantized;
        FastStart = fastStart;
        Smallest = smallest;
    }

    /// <summary>Weights and biases in fp32.</summary>
    public long Dense { get; }

    /// <summary>The weights that are left in fp32, each with five bits for the distance from the one before, where that is smaller.</summary>
    public long Pruned { get; }

    /// <summary>The same with codes of the weights' grid, or of the codebook, in place of floats, and the codebook.</summary>
    public long Quantized { get; }

    /// <summary>In the blob with <c>[Coding(FastStart)]</c>, by Huffman codes.</summary>
    public long FastStart { get; }

    /// <summary>In the blob with <c>[Coding(Smallest)]</c>.</summary>
    public long Smallest { get; }

    internal static StageBytes Of(LayerWeights weights, long fastStart, long smallest)
    {
        var layer = weights.Layer;
        if (weights.Count == 0)
        {
            return new StageBytes(0, 0, 0, fastStart, smallest);
        }

        var (count, biases) = (weights.Count, 4L * weights.Bias.Length);
        var codebook = Centroids(weights) is { } clusters
            ? (((long)clusters * NumberRange.Of(layer.Codebook?.CentroidPrecision ?? layer.Quantization.Weights).Bits) + 7) / 8
            : 0;
        var entries = Entries(weights);
        long Least(int bits) => Math.Min((count * bits) + 7, (entries * (bits + DistanceBits)) + 7) / 8;
        return new StageBytes((4 * count) + biases, Least(32) + biases, Least(CodeBits(weights)) + codebook + biases, fastStart, smallest);
    }

    /// <summary>Bits of a weight's code: of an index into the codebook, or of the grid.</summary>
    internal static int CodeBits(LayerWeights weights) => Centroids(weights) is { } clusters
        ? Math.Max(1, BitOperations.Log2((uint)Math.Max(1, clusters - 1)) + 1)
        : NumberRange.Of(weights.Layer.Quantization.Weights).Bits;

    private static int? Centroids(LayerWeights weights) => weights is IntegerLayerWeights integer ? integer.Centroids?.Length : ((FloatLayerWeights)weights).Centroids?.Length;

    /// <summary>Weights that are left, and a filler for every 31 zeros in a row.</summary>
    internal static long Entries(LayerWeights weights)
    {
        var (entries, zeros) = (0L, 0);
        for (var row = 0; row < weights.Rows; row++)
        {
            for (var column = 0; column < weights.Columns; column++)
            {
                if (weights.Weight(row, column) == 0)
                {
                    zeros++;
                    continue;
                }

                entries += 1 + (zeros / LongestDistance);
                zeros = 0;
            }
        }

        return entries;
    }
}
