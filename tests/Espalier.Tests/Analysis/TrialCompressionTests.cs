using CsCheck;
using Xunit;

namespace Espalier.Tests;

/// <summary>What a trial leaves of any weights.</summary>
public class TrialCompressionTests
{
    private const int Inputs = 12;

    private static readonly Gen<float[]> s_weights = Gen.Float[-2, 2].Array[5 * Inputs];

    [Fact]
    public void PruningKeepsTheLargest() => Gen.Select(s_weights, Gen.Double[0, 0.99]).Sample((weights, sparsity) =>
    {
        var pruned = new PrunedTrial().Compress(weights, Inputs, sparsity);
        var kept = pruned.Count(weight => weight != 0);
        Assert.True(kept <= weights.Length - (int)Math.Floor(sparsity * weights.Length));
        var least = pruned.Where(weight => weight != 0).Select(MathF.Abs).DefaultIfEmpty(float.MaxValue).Min();
        Assert.All(weights.Zip(pruned), pair => Assert.True(pair.Second == pair.First || (pair.Second == 0 && MathF.Abs(pair.First) <= least)));
    });

    /// <summary>Multiples of one step for each output, no further out than the bits reach, and no worse than the step that spans the largest weight.</summary>
    [Fact]
    public void GridsHaveOneStepForEachOutput() => Gen.Select(s_weights, Gen.Int[2, 8]).Sample((weights, bits) =>
    {
        var top = (1 << (bits - 1)) - 1;
        var rounded = new GridTrial().Compress(weights, Inputs, bits);
        for (var start = 0; start < weights.Length; start += Inputs)
        {
            var (row, result) = (weights[start..(start + Inputs)], rounded[start..(start + Inputs)]);
            Assert.InRange(result.Distinct().Count(), 1, (2 * top) + 1);
            var largest = row.Max(MathF.Abs);
            var spanning = largest / top;
            var error = row.Zip(result, (weight, value) => (double)(weight - value) * (weight - value)).Sum();
            var plain = row.Sum(weight => Math.Pow(weight - (spanning * MathF.Round(weight / spanning)), 2));
            Assert.True(error <= plain + 1e-6, $"{error} > {plain}");
        }
    });

    [Fact]
    public void OneBitLeavesASignAndAScale()
    {
        var rounded = new GridTrial().Compress([1, -3, 0, 0, 0.5f, -0.5f], 3, 1);
        Assert.Equal([4f / 3, -4f / 3, 0, 0, 1f / 3, -1f / 3], rounded);
    }

    [Fact]
    public void CodebooksCountTheirZero() => Gen.Select(s_weights, Gen.Int[1, 5]).Sample((weights, bits) =>
    {
        var shared = new CodebookTrial().Compress([.. weights, 0], Inputs, bits);
        Assert.InRange(shared.Distinct().Count(), 1, 1 << bits);
        Assert.Equal(0, shared[^1]);
    });

    [Fact]
    public void NothingIsRoundedWhereAllIsZero() =>
        Assert.All(TrialCompressions.All, trial => Assert.All(trial.Compress(new float[2 * Inputs], Inputs, trial.Kind == SensitivityKind.Sparsity ? 0.5 : 2), weight => Assert.Equal(0, weight)));
}
