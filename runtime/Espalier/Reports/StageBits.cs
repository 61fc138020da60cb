using System;

namespace Espalier;

/// <summary>Bits that a kept weight takes.</summary>
/// <param name="Weight">For its value; 0 without weights.</param>
/// <param name="Index">For its place; 0 where every weight is stored in its turn.</param>
public readonly record struct KeptWeightBits(double Weight, double Index);

/// <summary>Bits of a kept weight after each stage of compression: the columns of Deep Compression's tables (Han et al., 2016).</summary>
/// <param name="Quantized">Pruned and quantized, without coding: a code of the grid or of the codebook, and five bits for the distance, fillers over long distances included.</param>
/// <param name="FastStart">By Huffman codes, as <c>[Coding(FastStart)]</c> stores them.</param>
/// <param name="Smallest">As <c>[Coding(Smallest)]</c> stores them.</param>
public sealed record StageBits(KeptWeightBits Quantized, KeptWeightBits FastStart, KeptWeightBits Smallest)
{
    internal static StageBits Of(LayerWeights weights)
    {
        if (weights.Count == 0)
        {
            return new StageBits(default, default, default);
        }

        var (huffman, smallest) = (StoredBits.Of(weights, CodingGoal.FastStart), StoredBits.Of(weights, CodingGoal.Smallest));
        return new StageBits(Uncoded(weights), new(huffman.WeightBits, huffman.IndexBits), new(smallest.WeightBits, smallest.IndexBits));
    }

    /// <summary>In the smaller form, as <see cref="StageBytes"/> counts it: by distances, or every weight in its turn.</summary>
    private static KeptWeightBits Uncoded(LayerWeights weights)
    {
        var (count, kept) = (weights.Count, Math.Max(1.0, weights.Nonzeros));
        var (code, entries) = (StageBytes.CodeBits(weights), StageBytes.Entries(weights));
        return entries * (code + StageBytes.DistanceBits) < count * code
            ? new(code, ((entries * (code + StageBytes.DistanceBits)) - (weights.Nonzeros * code)) / kept)
            : new(count * code / kept, 0);
    }
}
