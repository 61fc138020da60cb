using CsCheck;
using Xunit;

namespace Espalier.Tests.Compression;

/// <summary>Which weights stay, within layers and among all of them.</summary>
public class ScopeTests
{
    private static readonly Gen<(float[][] Scores, int[] Keep)> s_cases =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 120], Gen.Double[0, 1], Gen.Bool, Gen.Int).Select((layers, size, share, ties, seed) =>
        {
            var random = new Random(seed);
            var scores = Enumerable.Range(0, layers).Select(layer => Enumerable.Range(0, size + layer).Select(_ => ties ? random.Next(0, 5) : MathF.Exp((8 * random.NextSingle()) - 4) * (layer + 1)).ToArray()).ToArray();
            return (scores, scores.Select(layer => (int)(share * layer.Length)).ToArray());
        });

    [Fact]
    public void GlobalKeepsTheLargestOfAllLayers() => s_cases.Sample(it =>
    {
        var kept = ScopeRule.Of(PruningScope.Global).Choose(it.Scores, it.Keep);
        var flat = it.Scores.SelectMany((layer, i) => layer.Select((score, k) => (score, Kept: kept[i][k]))).ToArray();
        Assert.Equal(Math.Min(it.Keep.Sum(), flat.Count(weight => weight.score > 0)), flat.Count(weight => weight.Kept));
        var smallest = flat.Where(weight => weight.Kept).Select(weight => weight.score).DefaultIfEmpty(float.MaxValue).Min();
        var largest = flat.Where(weight => !weight.Kept).Select(weight => weight.score).DefaultIfEmpty(0).Max();
        Assert.True(largest <= smallest, $"{largest} was removed, {smallest} kept");
    });

    [Fact]
    public void PerLayerKeepsItsOwnNumberInEach() => s_cases.Sample(it =>
    {
        var kept = ScopeRule.Of(PruningScope.PerLayer).Choose(it.Scores, it.Keep);
        for (var i = 0; i < kept.Length; i++)
        {
            Assert.Equal(Math.Min(it.Keep[i], it.Scores[i].Count(score => score > 0)), kept[i].Count(weight => weight));
        }
    });

    [Fact]
    public void EveryScopeHasARule() =>
        Assert.Equal(Enum.GetValues<PruningScope>(), ScopeRule.All.Select(rule => rule.Scope));

    [Fact]
    public void OfEqualScoresTheFirstStay() =>
        Assert.Equal([[true, true], [true, false, false]], LargestScores.Mark([[2, 2], [2, 2, 2]], 3));

    [Fact]
    public void LonelyPlacesAreDearer()
    {
        // Four weights share two rows and two columns, one has a row and a column of its own; all scores are alike.
        bool[] kept =
        [
            true, true, false, false,
            true, true, false, false,
            false, false, true, false,
        ];
        float[] scores = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        PlaceCosts.Divide(scores, 4, kept);
        Assert.True(scores[0] > scores[10], $"{scores[0]} among others, {scores[10]} alone");
        Assert.True(scores[10] > scores[11], $"{scores[10]} in a column with a weight, {scores[11]} in an empty one");
        Assert.All(scores, score => Assert.InRange(score, 0.01f, 1));
    }
}
