using System;

namespace Espalier;

/// <summary>Weights as ranks: 0 for weight 0, then outwards the codes or centroids above and below it. Neighbours in rank are alike, which codes well.</summary>
internal static class WeightRanks
{
    private const int Most = 256;

    /// <summary>Row by row; null where a codebook has no 0 or too many centroids.</summary>
    public static short[]? Of(LayerWeights weights) => weights is IntegerLayerWeights integer ? Of(integer) : Of((FloatLayerWeights)weights);

    private static short[]? Of(IntegerLayerWeights weights)
    {
        if (weights.Centroids is not { } centroids)
        {
            return Array.ConvertAll(weights.Codes, code => (short)code);
        }

        var zero = Array.IndexOf(centroids, (sbyte)0);
        return zero < 0 || centroids.Length > Most ? null : Array.ConvertAll(weights.Codes, code => (short)(Array.BinarySearch(centroids, code) - zero));
    }

    private static short[]? Of(FloatLayerWeights weights)
    {
        if (weights.Centroids is not { } centroids)
        {
            // Where they stand; the values follow as they are.
            return Array.ConvertAll(weights.Values, value => (short)(value != 0 ? 1 : 0));
        }

        var zero = Array.IndexOf(centroids, 0f);
        return zero < 0 || centroids.Length > Most ? null : Array.ConvertAll(weights.Values, value => (short)(Array.BinarySearch(centroids, value) - zero));
    }
}
