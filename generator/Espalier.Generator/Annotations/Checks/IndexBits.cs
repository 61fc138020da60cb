using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>How many bits the indices of a codebook take without coding, and its table.</summary>
internal static class IndexBits
{
    public static int Of(int clusters)
    {
        var bits = 0;
        while (1 << bits < clusters)
        {
            bits++;
        }

        return bits;
    }

    /// <summary>What one weight takes without a codebook.</summary>
    public static double OfWeight(LayerDefinition layer) => layer.Quantize.Weights.Bits();

    /// <summary>What one centroid takes: integer layers ship theirs as bytes.</summary>
    public static double OfCentroid(LayerDefinition layer) => layer.IsInteger ? 8 : layer.Codebook!.CentroidFormat.Bits();

    /// <summary>Whether the count can be built at all; the rules on that are others.</summary>
    public static bool IsCount(LayerDefinition layer, int clusters) =>
        clusters is >= ClusterCountCheck.Fewest and <= ClusterCountCheck.Most && (!layer.IsInteger || clusters <= GridClustersCheck.GridValues(layer));
}
