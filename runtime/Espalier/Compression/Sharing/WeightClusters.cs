using System;
using System.Linq;
using Espalier.Numerics;

namespace Espalier;

/// <summary>k-means in one dimension.</summary>
internal static class WeightClusters
{
    private const int Rounds = 50;

    /// <summary>Clusters the weights that are not 0; zeros belong to the reserved zero centroid and get −1.</summary>
    /// <param name="weights">Weights, padding included.</param>
    /// <param name="clusters">Centroids, the reserved zero included.</param>
    /// <param name="start">Where to begin; linear is the best of the three that Han et al. (2016) compare.</param>
    /// <param name="random">For starts by chance.</param>
    public static (int[] Assignment, float[] Centroids) Of(ReadOnlySpan<float> weights, int clusters, ClusterStart start = ClusterStart.Linear, RandomNumbers? random = null)
    {
        var sorted = weights.ToArray().Where(weight => weight != 0).Order().ToArray();
        var distinct = sorted.Distinct().ToArray();
        var centroids = distinct.Length < clusters ? distinct : ClusterStarts.Of(start).Centroids(sorted, clusters - 1, random ?? new RandomNumbers(1));
        for (var round = 0; round < Rounds && distinct.Length >= clusters; round++)
        {
            if (!Move(sorted, centroids))
            {
                break;
            }
        }

        var assignment = new int[weights.Length];
        for (var i = 0; i < assignment.Length; i++)
        {
            assignment[i] = weights[i] == 0 ? -1 : Nearest(centroids, weights[i]);
        }

        return (assignment, centroids);
    }

    /// <summary>One round: every centroid becomes the mean of its members; an empty one stays, and may win members later.</summary>
    private static bool Move(float[] sorted, float[] centroids)
    {
        var sums = new double[centroids.Length];
        var counts = new int[centroids.Length];
        foreach (var weight in sorted)
        {
            var nearest = Nearest(centroids, weight);
            sums[nearest] += weight;
            counts[nearest]++;
        }

        var moved = false;
        for (var i = 0; i < centroids.Length; i++)
        {
            var mean = counts[i] == 0 ? centroids[i] : (float)(sums[i] / counts[i]);
            moved |= mean != centroids[i];
            centroids[i] = mean;
        }

        Array.Sort(centroids);
        return moved;
    }

    private static int Nearest(float[] ascending, float value)
    {
        var at = Array.BinarySearch(ascending, value);
        if (at >= 0)
        {
            return at;
        }

        at = ~at;
        return at == 0 ? 0
            : at == ascending.Length || value - ascending[at - 1] <= ascending[at] - value ? at - 1
            : at;
    }
}
