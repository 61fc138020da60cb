using System;
using System.Linq;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Makes the layers of a network share weights.</summary>
internal static class NetworkSharing
{
    /// <summary>Clusters the weights as they are; from then on centroids learn in their place.</summary>
    /// <param name="options">How.</param>
    /// <param name="network">The layers.</param>
    /// <param name="pruning">Takes what is dead after weights became 0.</param>
    /// <param name="random">For starts by chance.</param>
    public static void Begin(SharingOptions options, NetworkTraining network, NetworkPruning pruning, RandomNumbers random)
    {
        foreach (var layer in network.Weighted)
        {
            if (layer.Layer.Codebook is not { } codebook)
            {
                continue;
            }

            var weights = layer.Constraints.Weights;
            var (assignment, centroids) = WeightClusters.Of(weights, codebook.Clusters, options.Start, random);
            if (options.Rate > 0 && centroids.Length > 0)
            {
                assignment = RateDistortion.Assign(weights, layer.Rows * layer.Columns, centroids, options.Rate);
            }

            layer.Constraints.Share(assignment, centroids, options.ProjectSteps);
        }

        RemoveDead(network, pruning);
    }

    /// <summary>Zeros that the price on bits made may leave neurons dead.</summary>
    private static void RemoveDead(NetworkTraining network, NetworkPruning pruning)
    {
        var kept = Array.ConvertAll(network.Weighted, layer => layer.Layer.Pruning is null ? null : Array.ConvertAll(layer.Constraints.Weights.ToArray(), weight => weight != 0));
        pruning.RemoveDead(kept);
        foreach (var (layer, mask) in network.Weighted.Zip(kept))
        {
            if (mask is not null && layer.Constraints.IsShared)
            {
                layer.Constraints.Unshare(mask);
            }
        }
    }
}
