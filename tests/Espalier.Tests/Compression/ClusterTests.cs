using CsCheck;
using Espalier.Numerics;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Compression;

public class ClusterTests
{
    /// <summary>Weights of several shapes: none, few and many values, zeros among them, and outliers that leave centroids empty.</summary>
    private static readonly Gen<(float[] Weights, int Clusters)> s_cases =
        Gen.Select(Gen.Int[0, 300], Gen.Int[1, 60], Gen.Double[0, 1], Gen.Bool, Gen.Int[2, 40], Gen.Int).Select((count, values, density, outliers, clusters, seed) =>
        {
            var random = new Random(seed);
            var choice = Enumerable.Range(0, values).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
            var weights = Enumerable.Range(0, count).Select(_ => random.NextDouble() < density ? choice[random.Next(values)] : 0).ToArray();
            if (outliers && count > 0)
            {
                weights[0] = 50;
            }

            return (weights, clusters);
        });

    [Fact]
    public void NoMoreCentroidsThanTheReservedZeroLeaves() => s_cases.Sample(it =>
    {
        var (assignment, centroids) = WeightClusters.Of(it.Weights, it.Clusters);
        Assert.True(centroids.Length <= it.Clusters - 1, $"{centroids.Length} centroids besides the reserved zero of {it.Clusters}");
        Assert.Equal(centroids.Order(), centroids);
        Assert.All(assignment, at => Assert.InRange(at, -1, centroids.Length - 1));
    });

    [Fact]
    public void ZerosAndOnlyZerosKeepTheReservedCentroid() => s_cases.Sample(it =>
    {
        var (assignment, _) = WeightClusters.Of(it.Weights, it.Clusters);
        Assert.Equal(it.Weights.Select(weight => weight == 0), assignment.Select(at => at == -1));
    });

    [Fact]
    public void FewValuesAreKeptExactly() => s_cases.Sample(it =>
    {
        var distinct = it.Weights.Where(weight => weight != 0).Distinct().Count();
        var (assignment, centroids) = WeightClusters.Of(it.Weights, Math.Max(it.Clusters, distinct + 1));
        Assert.Equal(0, Error(it.Weights, assignment, centroids));
    });

    [Fact]
    public void TheErrorIsNoWorseThanThatOfTheStart() => s_cases.Sample(it =>
    {
        var (assignment, centroids) = WeightClusters.Of(it.Weights, it.Clusters);
        var error = Error(it.Weights, assignment, centroids);
        var present = it.Weights.Where(weight => weight != 0).ToArray();
        if (present.Length == 0 || it.Clusters < 3)
        {
            return;
        }

        // Linear initialisation: as many points as there are centroids, evenly from the smallest weight to the largest.
        var (low, high, count) = ((double)present.Min(), (double)present.Max(), it.Clusters - 1);
        var linear = Enumerable.Range(0, count).Select(i => low + ((high - low) * i / (count - 1))).ToArray();
        var start = present.Sum(weight => linear.Min(centroid => (weight - centroid) * (weight - centroid)));
        Assert.True(error <= start + (1e-6 * present.Length), $"error {error}, {start} at the start");
    });

    [Fact]
    public void EveryWeightHasItsNearestCentroid() => s_cases.Sample(it =>
    {
        var (assignment, centroids) = WeightClusters.Of(it.Weights, it.Clusters);
        for (var i = 0; i < assignment.Length; i++)
        {
            if (assignment[i] >= 0)
            {
                Assert.Equal(centroids.Min(centroid => MathF.Abs(it.Weights[i] - centroid)), MathF.Abs(it.Weights[i] - centroids[assignment[i]]));
            }
        }
    });

    [Fact]
    public void EveryStartHoldsWhatLinearHolds() => s_cases.Sample(it =>
    {
        foreach (var start in Enum.GetValues<ClusterStart>())
        {
            var (assignment, centroids) = WeightClusters.Of(it.Weights, it.Clusters, start, new RandomNumbers(5));
            Assert.True(centroids.Length <= it.Clusters - 1);
            Assert.Equal(it.Weights.Select(weight => weight == 0), assignment.Select(at => at == -1));
            Assert.Equal(assignment, WeightClusters.Of(it.Weights, it.Clusters, start, new RandomNumbers(5)).Assignment);
        }
    });

    [Fact]
    public void StartsLieWhereTheirNamesSay()
    {
        float[] sorted = [0, 1, 1, 1, 1, 1, 1, 1, 2, 10];
        Assert.Equal([0, 5, 10], ClusterStarts.Of(ClusterStart.Linear).Centroids(sorted, 3, new RandomNumbers(1)));
        Assert.Equal([1, 1, 2], ClusterStarts.Of(ClusterStart.Density).Centroids(sorted, 3, new RandomNumbers(1)));
        var drawn = Enumerable.Range(1, 20).Select(seed => ClusterStarts.Of(ClusterStart.Random).Centroids(sorted, 3, new RandomNumbers((ulong)seed))).ToArray();
        Assert.All(drawn, centroids => Assert.Equal(3, centroids.Distinct().Count(sorted.Contains)));
        Assert.True(drawn.Select(centroids => string.Join(' ', centroids)).Distinct().Count() > 1);
        Assert.Equal(Enum.GetValues<ClusterStart>(), ClusterStarts.All.Select(start => start.Start));
    }

    [Fact]
    public void ProjectedCentroidsMoveByTheMeanOfTheirMembersGradients()
    {
        var moves = new[] { false, true }.Select(projected =>
        {
            var network = TrainingSteps.Begin(TestModels.Model(Activation.Relu, Precision.Fp32, null, null), 30, new Sgd());
            var layer = network.Weighted[0];
            var (assignment, centroids) = WeightClusters.Of(layer.Constraints.Weights, 5);
            layer.Constraints.Share(assignment, [.. centroids], projected);
            TrainingSteps.Step(network, TestModels.Samples(30, 1), 0.01f);
            return layer.Constraints.Centroids.ToArray().Zip(centroids, (after, before) => after - before).Select((move, at) => (move, Members: assignment.Count(entry => entry == at))).ToArray();
        }).ToArray();
        foreach (var (sum, mean) in moves[0].Zip(moves[1]))
        {
            Assert.NotEqual(0, sum.move);
            Assert.Equal(sum.move / sum.Members, mean.move, 1e-3f * MathF.Abs(sum.move));
        }
    }

    [Fact]
    public void ClearGroupsAreFound()
    {
        // Three groups of width 0.2: the best centroids are their means.
        float[] weights = [-1.1f, -1, -0.9f, 0, 0.4f, 0.5f, 0.6f, 0, 1.9f, 2, 2.1f];
        var (assignment, centroids) = WeightClusters.Of(weights, 4);
        Assert.Equal([0, 0, 0, -1, 1, 1, 1, -1, 2, 2, 2], assignment);
        Assert.Equal([-1, 0.5f, 2], centroids.Select(centroid => MathF.Round(centroid, 5)));
    }

    [Fact]
    public void MembersStayEqualAndZerosStayZeroThroughRetraining()
    {
        var network = TrainingSteps.Begin(TestModels.Model(Activation.Relu, Precision.Fp32, null, null), 30, new Adam());
        var layer = network.Weighted[0];
        layer.Constraints.Mask(MagnitudePruning.Mask(layer.Constraints.Weights, 9 * 24, 0.5));
        var (assignment, centroids) = WeightClusters.Of(layer.Constraints.Weights, 6);
        layer.Constraints.Share(assignment, [.. centroids]);
        for (var step = 0; step < 10; step++)
        {
            TrainingSteps.Step(network, TestModels.Samples(30, step), 0.02f);
        }

        Assert.NotEqual(centroids, layer.Constraints.Centroids.ToArray());
        for (var i = 0; i < assignment.Length; i++)
        {
            Assert.Equal(assignment[i] < 0 ? 0 : layer.Constraints.Centroids[assignment[i]], layer.Constraints.Weights[i]);
        }
    }

    private static double Error(float[] weights, int[] assignment, float[] centroids) =>
        weights.Zip(assignment, (weight, at) => Math.Pow((double)weight - (at < 0 ? 0 : centroids[at]), 2)).Sum();
}
