using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Numerics;

namespace Espalier;

/// <summary>One way to begin k-means.</summary>
internal abstract class ClusterStarts(ClusterStart start)
{
    public static IReadOnlyList<ClusterStarts> All { get; } = [new LinearStart(), new DensityStart(), new RandomStart()];

    public ClusterStart Start { get; } = start;

    public static ClusterStarts Of(ClusterStart start) => All.First(strategy => strategy.Start == start);

    /// <summary>The first centroids, ascending.</summary>
    /// <param name="sorted">The weights that are not 0, ascending, with more different values than <paramref name="count"/> or as many.</param>
    /// <param name="count">Centroids, 1 or more.</param>
    /// <param name="random">For what is drawn by chance.</param>
    public abstract float[] Centroids(float[] sorted, int count, RandomNumbers random);
}

/// <summary>Evenly from the smallest to the largest.</summary>
internal sealed class LinearStart() : ClusterStarts(ClusterStart.Linear)
{
    public override float[] Centroids(float[] sorted, int count, RandomNumbers random) =>
        [.. Enumerable.Range(0, count).Select(i => count == 1 ? sorted[sorted.Length / 2] : sorted[0] + ((sorted[^1] - sorted[0]) * i / (count - 1)))];
}

/// <summary>Quantiles, each in the middle of its share.</summary>
internal sealed class DensityStart() : ClusterStarts(ClusterStart.Density)
{
    public override float[] Centroids(float[] sorted, int count, RandomNumbers random) =>
        [.. Enumerable.Range(0, count).Select(i => sorted[(int)(((2L * i) + 1) * sorted.Length / (2 * count))])];
}

/// <summary>Different weights, drawn by chance.</summary>
internal sealed class RandomStart() : ClusterStarts(ClusterStart.Random)
{
    public override float[] Centroids(float[] sorted, int count, RandomNumbers random)
    {
        var drawn = new SortedSet<float>();
        while (drawn.Count < count)
        {
            drawn.Add(sorted[random.Below(sorted.Length)]);
        }

        return [.. drawn];
    }
}
