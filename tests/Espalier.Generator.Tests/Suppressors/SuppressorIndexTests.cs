namespace Espalier.Generator.Tests;

/// <summary>A suppression is an id, a reason, a section of the page and tests, as a rule is.</summary>
public class SuppressorIndexTests
{
    [Fact]
    public void EverySuppression_IsComplete()
    {
        var page = File.ReadAllText(RepositoryFiles.Path("generator", "docs", "suppressors.md"));
        var suppressions = SuppressorHarness.All.Select(suppressor => Assert.Single(suppressor.SupportedSuppressions)).OrderBy(suppression => suppression.Id, StringComparer.Ordinal).ToArray();
        Assert.Equal(suppressions.Select((_, i) => $"ESPS{i + 1:000}"), suppressions.Select(suppression => suppression.Id));
        Assert.All(suppressions, suppression =>
        {
            Assert.Contains($"\n## {suppression.Id}: {suppression.SuppressedDiagnosticId}\n", page);
            Assert.Contains(suppression.Justification.ToString(), page);
            var tests = typeof(SuppressorTests).GetMethods().Where(method => method.Name.StartsWith(suppression.Id, StringComparison.Ordinal)).Select(method => method.Name).ToArray();
            Assert.Contains(tests, name => name.Contains("_Silences"));
            Assert.Contains(tests, name => name.Contains("_Leaves"));
        });
        Assert.Equal(suppressions.Length, page.Split("\n## ESPS").Length - 1);
    }
}
