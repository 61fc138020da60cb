namespace Benchmarks.Models;

/// <summary>Weight codes from −127 to 127 whose distribution is Gaussian, as they are or taken from 15 shared values.</summary>
internal sealed class GaussianCodes
{
    /// <summary>A draw from this many prepared codes costs a nanosecond; drawing from the distribution itself costs fifty.</summary>
    private const int Draws = 1 << 16;

    /// <summary>Where the grid ends, in standard deviations.</summary>
    private const double Reach = 3.3;

    private readonly sbyte[] _codes;

    public GaussianCodes(int shared)
    {
        var random = new SplitMix64(42);
        var values = Enumerable.Range(0, Draws).Select(_ => Normal(random)).Order().ToArray();
        if (shared == 0)
        {
            _codes = [.. values.Select(Code)];
            return;
        }

        var means = Cluster(values, shared);

        // The cluster in the middle would round to 0, which stands for pruned weights.
        var centroids = means.Select(mean => Code(mean) is var code && code == 0 ? (sbyte)1 : code).ToArray();
        _codes = [.. values.Select(value => centroids[Nearest(means, value)])];
        Centroids = [.. centroids.Append((sbyte)0).Distinct().Order()];
    }

    /// <summary>The shared values and 0, ascending; null when any code may come.</summary>
    public sbyte[]? Centroids { get; }

    public sbyte Next(SplitMix64 random) => _codes[random.Next() & (Draws - 1)];

    private static double Normal(SplitMix64 random) => Math.Sqrt(-2 * Math.Log(random.Uniform())) * Math.Cos(2 * Math.PI * random.Uniform());

    private static sbyte Code(double value) => (sbyte)Math.Round(127 * Math.Clamp(value / Reach, -1, 1));

    /// <summary>Lloyd's algorithm from evenly spread means.</summary>
    private static double[] Cluster(double[] values, int count)
    {
        var means = Enumerable.Range(0, count).Select(i => (((2.0 * i) + 1) / count) - 1).Select(place => place * Reach).ToArray();
        for (var round = 0; round < 30; round++)
        {
            means = [.. values.GroupBy(value => Nearest(means, value)).OrderBy(group => group.Key).Select(group => group.Average())];
        }

        return means;
    }

    private static int Nearest(double[] means, double value)
    {
        var nearest = 0;
        for (var i = 1; i < means.Length; i++)
        {
            nearest = Math.Abs(means[i] - value) < Math.Abs(means[nearest] - value) ? i : nearest;
        }

        return nearest;
    }
}
