using System;

namespace Espalier.Kernels;

/// <summary>Up to 16 centroids as 4-bit codes. Code 0 means weight 0, because empty slots have code 0: the zero centroid changes places with the first.</summary>
internal static class NibbleCodebook
{
    /// <summary>The code of each weight, by the weight as an unsigned byte.</summary>
    public static byte[] Codes(sbyte[] centroids)
    {
        var codes = new byte[256];
        foreach (var centroid in centroids)
        {
            codes[(byte)centroid] = CodeOf(centroids, centroid);
        }

        return codes;
    }

    /// <summary>16 centroids by code, four times over: a byte permutation looks at six bits, so the bits above the code need no masking.</summary>
    public static sbyte[] Replicated(sbyte[] centroids)
    {
        var table = new sbyte[64];
        foreach (var centroid in centroids)
        {
            for (var copy = 0; copy < 64; copy += 16)
            {
                table[copy + CodeOf(centroids, centroid)] = centroid;
            }
        }

        return table;
    }

    /// <summary>The centroids of a layer whose kernel expects 4-bit codes.</summary>
    /// <exception cref="ArgumentException">There are none, more than 16, or 0 is not among them.</exception>
    public static sbyte[] Of(IntegerLayerWeights weights) =>
        weights.Centroids is { Length: <= 16 } centroids && Array.IndexOf(centroids, (sbyte)0) >= 0
            ? centroids
            : throw new ArgumentException(
                $"Layer {weights.Layer.Path} runs a kernel for a codebook of up to 16 centroids with 0 among them, but its weights have {weights.Centroids?.Length.ToString() ?? "no"} centroids. Train the annotated model again.", nameof(weights));

    private static byte CodeOf(sbyte[] centroids, sbyte weight)
    {
        var zero = Array.IndexOf(centroids, (sbyte)0);
        var index = Array.BinarySearch(centroids, weight);
        return (byte)(index == zero ? 0 : index == 0 ? zero : index);
    }
}
