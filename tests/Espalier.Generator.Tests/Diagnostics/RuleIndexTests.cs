using System.Text;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>A rule is an id, a descriptor, an analyzer, a release row, a page and tests. With <c>ESPALIER_ACCEPT=1</c> the index is rewritten.</summary>
public class RuleIndexTests
{
    private static readonly string s_root = RepositoryFiles.Path("generator");

    private static string Docs => Path.Combine(s_root, "docs");

    [Fact]
    public void EveryRule_IsComplete()
    {
        var rows = ReleaseRows().ToDictionary(row => row.Id);
        var tested = TestedIds();
        Assert.All(AnalyzerHarness.Rules, rule =>
        {
            Assert.Matches("^ESP[0-9]{4}$", rule.Id);
            Assert.Single(AnalyzerHarness.All, analyzer => analyzer.SupportedDiagnostics.Contains(rule));
            Assert.True(rows.TryGetValue(rule.Id, out var row), $"{rule.Id} has no release row");
            Assert.Equal((rule.Category, rule.DefaultSeverity.ToString(), rule.Title.ToString()), (row!.Category, row.Severity, row.Notes));
            Assert.Equal($"generator/docs/{rule.Id}.md", rule.HelpLinkUri);
            AssertPage(rule);
            Assert.True(tested.Contains(rule.Id), $"{rule.Id} has no tests");
        });
        Assert.Equal(rows.Keys.Order(), AnalyzerHarness.Rules.Select(rule => rule.Id));
        Assert.Equal(
            AnalyzerHarness.Rules.Select(rule => rule.Id),
            Directory.GetFiles(Docs, "ESP*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryAnalyzer_HasOneRule() => Assert.All(AnalyzerHarness.All, analyzer => Assert.Single(analyzer.SupportedDiagnostics));

    [Fact]
    public void Index_IsThatOfTheReleaseTables()
    {
        var file = Path.Combine(Docs, "README.md");
        var index = Index();
        if (Snapshots.Accept)
        {
            File.WriteAllText(file, index);
        }

        Assert.Equal(index, File.ReadAllText(file));
    }

    private static void AssertPage(DiagnosticDescriptor rule)
    {
        var page = File.ReadAllText(Path.Combine(Docs, rule.Id + ".md"));
        Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", page);
        Assert.Contains($"*{rule.DefaultSeverity}, category {rule.Category}*", page);
        Assert.All(["Cause", "Failing example", "Fixed example", "The arithmetic", "When to suppress"], title => Assert.Contains($"\n## {title}\n", page));
    }

    /// <summary>Rules on annotations are tested where they fire and where they nearly do; rules on artifacts in methods that carry the id.</summary>
    private static HashSet<string> TestedIds()
    {
        var annotations = AnnotationRuleTests.Firing.Select(rule => rule.Id).Intersect(AnnotationRuleTests.NearMisses.Select(rule => rule.Id));
        var artifacts = typeof(ArtifactRuleTests).GetMethods().Concat(typeof(PublishRuleTests).GetMethods()).Where(method => method.Name.StartsWith("ESP", StringComparison.Ordinal)).Select(method => method.Name[..7]);
        return [.. annotations, .. artifacts];
    }

    private static string Index()
    {
        var index = new StringBuilder();
        index.Append("# The rules of Espalier\n\nGenerated from the release tables of the analyzers; a test compares the two and, with `ESPALIER_ACCEPT=1`, rewrites this page.\n"
            + "Warnings of others that Espalier silences stand on [a page of their own](suppressors.md), and so does [what is generated](generated-code.md).\n");
        foreach (var category in ReleaseRows().GroupBy(row => row.Category))
        {
            index.Append($"\n## {category.Key["Espalier.".Length..]}\n\n| rule | severity | what must hold |\n|---|---|---|\n");
            foreach (var row in category)
            {
                index.Append($"| [{row.Id}]({row.Id}.md) | {row.Severity} | {row.Notes} |\n");
            }
        }

        return index.ToString();
    }

    private static IEnumerable<Row> ReleaseRows() =>
        new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => File.ReadLines(Path.Combine(s_root, "Espalier.Generator", file)))
            .Where(line => line.StartsWith("ESP", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Row(cells[0], cells[1], cells[2], cells[3]))
            .OrderBy(row => row.Id, StringComparer.Ordinal);

    private sealed record Row(string Id, string Category, string Severity, string Notes);
}
