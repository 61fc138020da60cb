using CsCheck;
using Xunit;

namespace Espalier.Tests.Compression;

/// <summary>A price on bits buys fewer of them.</summary>
public class RateDistortionTests
{
    private static readonly Gen<(float[] Weights, int Clusters)> s_cases = Gen.Select(Gen.Int[50, 400], Gen.Double[0.05, 0.9], Gen.Int[2, 12], Gen.Int).Select((count, density, clusters, seed) =>
    {
        var random = new Random(seed);
        return (Enumerable.Range(0, count).Select(_ => random.NextDouble() < density ? (random.NextSingle() - random.NextSingle()) * (1 + random.NextSingle()) : 0).ToArray(), clusters);
    });

    [Fact]
    public void ZerosStayAndCentroidsExist() => s_cases.Sample(it =>
    {
        var (assignment, centroids) = Assign(it.Weights, it.Clusters, 0.05);
        Assert.All(it.Weights.Zip(assignment), pair => Assert.InRange(pair.Second, -1, pair.First == 0 ? -1 : centroids.Length - 1));
    });

    [Fact]
    public void WithoutAPriceEachTakesTheNearestZeroIncluded() => s_cases.Sample(it =>
    {
        var (assignment, centroids) = Assign(it.Weights, it.Clusters, 0);
        Assert.All(it.Weights.Zip(assignment).Where(pair => pair.First != 0), pair =>
            Assert.Equal(centroids.Append(0).Min(centroid => MathF.Abs(pair.First - centroid)), MathF.Abs(pair.First - (pair.Second < 0 ? 0 : centroids[pair.Second]))));
    });

    [Fact]
    public void APriceLowersTheEntropy()
    {
        var random = new Random(4);
        var weights = Enumerable.Range(0, 5000).Select(_ => random.NextDouble() < 0.1 ? (float)(random.NextDouble() + random.NextDouble() - 1) : 0).ToArray();
        var entropies = new[] { 0, 0.003, 0.01, 0.03, 0.1 }.Select(rate => Entropy(Assign(weights, 8, rate).Assignment)).ToArray();
        Assert.Equal(entropies.OrderDescending(), entropies);
        Assert.True(entropies[^1] < 0.8 * entropies[0], string.Join(' ', entropies));
    }

    [Fact]
    public void NothingIsAssignedWhereNothingIs() => Assert.Equal([-1, -1, -1], RateDistortion.Assign([0, 0, 0], 3, [1], 0.1));

    private static (int[] Assignment, float[] Centroids) Assign(float[] weights, int clusters, double rate)
    {
        var (_, centroids) = WeightClusters.Of(weights, clusters);
        return (RateDistortion.Assign(weights, weights.Length, centroids, rate), centroids);
    }

    private static double Entropy(int[] assignment) =>
        assignment.CountBy(at => at).Sum(pair => -pair.Value / (double)assignment.Length * Math.Log2(pair.Value / (double)assignment.Length));
}
