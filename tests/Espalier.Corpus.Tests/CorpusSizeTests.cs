namespace Espalier.Corpus.Tests;

/// <summary>The corpus is as large as it claims, and no rule is forgotten.</summary>
public class CorpusSizeTests
{
    private const int FewestPerRule = 5;

    private static readonly Seeder[] s_all = [.. SeederList.All, .. SeederList.OfArtifacts];

    [Fact]
    public void EveryRule_IsSeededInFiveWays()
    {
        var ways = s_all.GroupBy(seeder => seeder.Id).ToDictionary(rule => rule.Key, rule => rule.Select(seeder => seeder.What).Distinct().Count());
        Assert.All(ReleasedRules(), id => Assert.True(
            ways.GetValueOrDefault(id) >= FewestPerRule, $"{id} is seeded in {ways.GetValueOrDefault(id)} ways; it needs {FewestPerRule} in a list of tests/Espalier.Corpus.Tests/Faults"));
        Assert.NotEmpty(ReleasedRules());
    }

    [Fact]
    public void NoSeeder_IsOfARuleThatIsNone() => Assert.Empty(s_all.Select(seeder => seeder.Id).Except(ReleasedRules()));

    [Fact]
    public void FaultySets_AreTwoHundred() =>
        Assert.InRange((SeederList.All.Length * FaultTests.Repeats) + (SeederList.OfArtifacts.Length * ArtifactFaultTests.Repeats), 200, int.MaxValue);

    private static string[] ReleasedRules() =>
        new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => File.ReadLines(RepositoryFiles.Path("generator", "Espalier.Generator", file)))
            .Where(line => line.StartsWith("ESP", StringComparison.Ordinal))
            .Select(line => line.Split('|')[0].Trim())
            .ToArray();
}
