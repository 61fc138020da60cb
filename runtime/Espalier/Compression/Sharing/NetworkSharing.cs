using System;
using System.Linq;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Makes the layers of a network share weights while it is trained.</summary>
internal sealed class NetworkSharing(SharingOptions options, NetworkTraining network, NetworkPruning pruning, RandomNumbers random)
{
    private readonly LayerTraining[] _shared = [.. network.Layers.Where(layer => layer.Layer.Codebook is not null)];

    /// <summary>The first clusters, of the weights as they are.</summary>
    public void Begin()
    {
        foreach (var layer in _shared)
        {
            var weights = layer.Constraints.Weights;
            var (assignment, centroids) = WeightClusters.Of(weights, layer.Layer.Codebook!.Clusters, options.Start, random);
            if (options.Rate > 0 && centroids.Length > 0)
            {
                assignment = RateDistortion.Assign(weights, layer.Layer.Inputs * layer.Layer.Outputs, centroids, options.Rate);
            }

            if (options.Reassign > 0)
            {
                layer.Constraints.BeginSplicing((float)pruning.Options.ReturnRate);
            }

            layer.Constraints.Share(assignment, centroids);
        }

        RemoveDead();
    }

    /// <summary>Makes masks and assignments anew from the free weights, until they stand.</summary>
    /// <param name="progress">How much of the stage is done, 0 to 1.</param>
    public void Apply(double progress)
    {
        if (_shared.Length == 0 || !_shared[0].Constraints.IsSpliced)
        {
            return;
        }

        Reassign();
        if (progress >= options.Reassign)
        {
            pruning.End();
        }
    }

    private void Reassign()
    {
        var kept = pruning.Choose(1);
        for (var i = 0; i < kept.Length; i++)
        {
            var layer = network.Layers[i];
            if (layer.Layer.Codebook is null)
            {
                if (kept[i] is { } mask)
                {
                    layer.Constraints.Mask(mask);
                }

                continue;
            }

            var weights = layer.Constraints.Learning.ToArray();
            for (var weight = 0; weight < weights.Length; weight++)
            {
                weights[weight] = kept[i] is { } mask && !mask[weight] ? 0 : weights[weight];
            }

            var centroids = layer.Constraints.Centroids.ToArray();
            layer.Constraints.Share(RateDistortion.Assign(weights, layer.Layer.Inputs * layer.Layer.Outputs, centroids, options.Rate), centroids);
        }

        RemoveDead();
    }

    /// <summary>Zeros that the price on bits made may leave neurons dead.</summary>
    private void RemoveDead()
    {
        var kept = Array.ConvertAll(network.Layers, layer => layer.Layer.Pruning is null ? null : Array.ConvertAll(layer.Constraints.Weights.ToArray(), weight => weight != 0));
        pruning.RemoveDead(kept);
        foreach (var (layer, mask) in network.Layers.Zip(kept))
        {
            if (mask is not null && layer.Constraints.IsShared)
            {
                layer.Constraints.Unshare(mask);
            }
        }
    }
}
