using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Generator.Pipeline;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Artifacts that fit and could be better: kernels, literals and bytes.</summary>
public partial class ArtifactRuleTests
{
    private const int OldPlanner = 3;

    [Fact]
    public async Task ESP0712_NamesLayerTierLayoutsAndCycles()
    {
        var facts = FactsOf(1);
        var old = KernelLayouts.Find("DenseInt8").Candidates(facts, Tier.Avx2).First();
        var chosen = Planner.Plan(facts, Tier.Avx2);
        Assert.NotEqual(old.Layout, chosen.Layout);

        var found = await Single("ESP0712", Sources.LeNet300, new TestFile(File, Recorded(OldPlanner, (1, old with { Cycles = 1 }))));
        Assert.Equal(
            $"{File} was planned by planner {OldPlanner} and this is planner {Planner.Version}: 1/Hidden2 on Avx2 gets {chosen.Layout} ({chosen.Rows} x {chosen.Slots}, a window of {chosen.Window}), "
            + $"about {chosen.Cycles} cycles, where DenseInt8 ({old.Rows} x 4) takes {old.Cycles} ({((double)old.Cycles / chosen.Cycles).ToString("0.0#", System.Globalization.CultureInfo.InvariantCulture)}x); no other layer gains. "
            + "The build runs the better kernels already; save the artifact again, so that it records them and the schedules that price them.",
            found.GetMessage());
        Assert.Equal(("typeof(Hidden2)", DiagnosticSeverity.Info), (TextAt(found), found.Severity));

        // The page's arithmetic is this example's.
        var page = System.IO.File.ReadAllText(RepositoryFiles.Path("generator", "docs", "ESP0712.md")).ReplaceLineEndings("\n");
        Assert.Contains(
            FormattableString.Invariant($"dense int8 {old.Cycles:N0}\ncycles a prediction, windowed lane slices ({chosen.Rows} rows x {chosen.Slots}, a window of {chosen.Window}) {chosen.Cycles:N0}, so {(double)old.Cycles / chosen.Cycles:0.00} times fewer."),
            page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ESP0712_CountsTheLayersThatGainLess()
    {
        var found = await Single("ESP0712", Sources.LeNet300, new TestFile(File, Recorded(OldPlanner, (0, DenseOf(0)), (1, DenseOf(1)))));
        Assert.Contains("; 1 other layers gain less.", found.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("typeof(Hidden1)", TextAt(found));

        static KernelPlan DenseOf(int place) => KernelLayouts.Find("DenseInt8").Candidates(FactsOf(place), Tier.Avx2).First();
    }

    [Fact]
    public async Task ESP0712_SaysNothingWhereNothingIsGained()
    {
        // The same plans, the older planner's prices higher or lower.
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300, planner: OldPlanner))));
        var chosen = Planner.Plan(FactsOf(1), Tier.Avx2);
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, Recorded(OldPlanner, (1, chosen with { Cycles = 99_999 })))));

        // This planner's manifests and a newer one's, whatever they record.
        var old = KernelLayouts.Find("DenseInt8").Candidates(FactsOf(1), Tier.Avx2).First();
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, Recorded(Planner.Version, (1, old)))));
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, Recorded(Planner.Version + 1, (1, old)))));

        // Compact manifests record no kernels, and those of other annotations say nothing of these.
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300, planner: OldPlanner).Replace("\"kernels\": [", "\"others\": ["))));
        var stale = Sources.LeNet300.Replace("Prune(0.92)", "Prune(0.95)");
        Assert.Equal(["ESP0701"], (await Find(stale, new TestFile(File, Recorded(OldPlanner, (1, old))))).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task ESP0713_CountsTheBytesOfLiterals()
    {
        // 4,097 bytes: the two other layers keep their three centroids each.
        var found = await Single("ESP0713", Sources.LeNet300, new TestFile(File, WithCentroids(4091)));
        Assert.Equal(
            "The code of model 'Digits.LeNet300' holds 4,097 bytes of centroids as literals, of 3 places, and 4,096 is the budget; Codebook(16) at each of them is 48",
            found.GetMessage());
        Assert.Equal(("Sequential(typeof(Hidden1), typeof(Hidden2), typeof(Logits))", DiagnosticSeverity.Warning), (TextAt(found), found.Severity));
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, WithCentroids(4090))));

        // Without a blob that fits there are no literals.
        Assert.Equal(["ESP0702"], (await Find(Sources.LeNet300, new TestFile(File, WithCentroids(4091), ""))).Select(diagnostic => diagnostic.Id));

        static string WithCentroids(int count)
        {
            var whole = ManifestText.For(Sources.LeNet300);
            var start = whole.IndexOf("[-127, 0, 127]", StringComparison.Ordinal);
            return whole[..start] + "[" + string.Join(",", Enumerable.Range(0, count).Select(i => (i % 255) - 127)) + "]" + whole[(start + 14)..];
        }
    }

    /// <summary>The number that the rule goes by is that of the elements in the generated code.</summary>
    [Fact]
    public void ESP0713_CountsWhatTheEmitterWrites()
    {
        var code = new GeneratorHarness(TestCompilation.Of(Sources.LeNet300), new TestFile(File, ManifestText.For(Sources.LeNet300), ManifestText.Sha256)).Files.Single(file => file.Key.StartsWith("Digits.LeNet300", StringComparison.Ordinal)).Value;
        var arrays = System.Text.RegularExpressions.Regex.Matches(code, @"new sbyte\[\] \{ (.*?) \}").Select(array => array.Groups[1].Value.Split(", ").Select(int.Parse).ToEquatableArray()).ToArray();
        Assert.Equal(9, arrays.Sum(array => array.Count));
        Assert.Equal(9, CentroidLiterals.Bytes(arrays));
    }

    [Fact]
    public async Task ESP0713_CountsTheBytesOfTheManifest()
    {
        var whole = ManifestText.For(Sources.LeNet300);
        var found = await Single("ESP0713", Sources.LeNet300, new TestFile(File, Padded(65_537)));
        Assert.Equal(
            $"{File}, which every build of model 'Digits.LeNet300' reads, has 65,537 bytes and 65,536 is the budget; save the artifact again, which leaves recorded plans out, or cut the model in two",
            found.GetMessage());
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, Padded(65_536))));

        // Bytes of UTF-8, not characters: each of these letters has two.
        string Padded(int bytes)
        {
            var room = bytes - System.Text.Encoding.UTF8.GetByteCount(whole) - "\"note\": \"\",".Length;
            return whole.Insert(whole.IndexOf('{') + 1, $"\"note\": \"{new string('ä', room / 2)}{new string('a', room % 2)}\",");
        }
    }

    [Theory]
    [InlineData("23455", "has 23,456 bytes and EspalierArtifactBudget allows 23,455, 1 fewer; prune more, share fewer values or raise the budget")]
    [InlineData("1000", "has 23,456 bytes and EspalierArtifactBudget allows 1,000, 22,456 fewer; prune more, share fewer values or raise the budget")]
    public async Task ESP0714_SaysByHowMuch(string budget, string said)
    {
        var file = new TestFile(File, ManifestText.For(Sources.LeNet300));
        var found = Assert.Single(await FindWithin(budget, Sources.LeNet300, file));
        Assert.Equal($"The artifact of model 'Digits.LeNet300' {said}", found.GetMessage());
        Assert.Equal(("ESP0714", DiagnosticSeverity.Warning, "Sequential(typeof(Hidden1), typeof(Hidden2), typeof(Logits))"), (found.Id, found.Severity, TextAt(found)));
        var required = await AnalyzerHarness.Run(TestCompilation.Relaxed(Sources.LeNet300), [("EspalierArtifactBudget", budget), ("EspalierRequireArtifact", "true")], file);
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(required).Severity);
    }

    [Theory]
    [InlineData("4 KB")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("4,096")]
    public async Task ESP0714_ABudgetThatIsNone(string budget)
    {
        var found = Assert.Single(await FindWithin(budget, Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300))));
        Assert.Equal(
            $"'{budget}' in EspalierArtifactBudget is no number of bytes, so that the artifact of model 'Digits.LeNet300' is not held against it; write a whole number above 0", found.GetMessage());
        Assert.Equal("ESP0714", found.Id);
    }

    [Fact]
    public async Task ESP0714_WithinTheBudget()
    {
        Assert.Empty(await FindWithin("23456", Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300))));
        Assert.Empty(await FindWithin("", Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300))));

        // No artifact and a stale one have rules of their own.
        Assert.Equal(["ESP0708"], (await FindWithin("10", Sources.LeNet300)).Select(found => found.Id));
        Assert.Equal(["ESP0701"], (await FindWithin("10", Sources.LeNet300.Replace("Prune(0.91)", "Prune(0.95)"), new TestFile(File, ManifestText.For(Sources.LeNet300)))).Select(found => found.Id));
    }

    private static async Task<Diagnostic[]> FindWithin(string budget, string program, params TestFile[] files) =>
        [.. await AnalyzerHarness.Run(TestCompilation.Relaxed(program), [("EspalierArtifactBudget", budget)], files)];

    /// <summary>A manifest in which kernels of some places are those given, on their tiers.</summary>
    private static string Recorded(int planner, params (int Place, KernelPlan Kernel)[] others)
    {
        var text = ManifestText.For(Sources.LeNet300, planner: planner);
        foreach (var (place, kernel) in others)
        {
            var start = Enumerable.Range(0, place + 1).Aggregate(0, (from, _) => text.IndexOf("\"kernels\"", from + 1, StringComparison.Ordinal));
            start = text.IndexOf($"\"{kernel.Tier} ", start, StringComparison.Ordinal) + 1;
            text = text[..start] + PlanText.Of(kernel with { Why = "as recorded" }) + text[text.IndexOf('"', start)..];
        }

        return text;
    }

    private static LayerFacts FactsOf(int place)
    {
        var model = Assert.Single(new GeneratorHarness(TestCompilation.Of(Sources.LeNet300)).Values<ModelAnnotation>(TrackingNames.Models));
        var chain = model.Layers.Select(layer => layer.Definition).ToArray();
        return new LayerFacts(chain[place], LayerEdges.OutputOf(chain, place), PlanText.ParseEvidence("density=0.08 denseDepth=1 schedules="));
    }
}
