using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>Rules on manifests and blobs.</summary>
public partial class ArtifactRuleTests
{
    private const string File = "LeNet300.espalier.json";

    private static readonly string s_floored = Sources.LeNet300.Replace("[Sequential", "[AccuracyFloor(0.98)]\n[Sequential");

    [Fact]
    public async Task ManifestThatFits_IsSilent()
    {
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300))));
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300), ManifestText.Sha256.ToLowerInvariant())));
        Assert.Empty(await Find(s_floored, new TestFile(File, ManifestText.For(s_floored, accuracy: "0.98"))));
        Assert.Empty(await Find(s_floored, new TestFile(File, ManifestText.For(s_floored, accuracy: "null"))));
        Assert.Empty(await Find(Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300)), new TestFile("other.json", "not ours")));
    }

    [Fact]
    public async Task ESP0701_NamesTheAttributeThatChanged()
    {
        var found = await Single(
            "ESP0701", Sources.LeNet300.Replace("Prune(0.91)", "Prune(0.95)"), new TestFile(File, ManifestText.For(Sources.LeNet300)));
        Assert.Equal("typeof(Hidden2)", TextAt(found));
        Assert.Equal(
            "LeNet300.espalier.json was saved with Prune(0.91,Gradual) at 1/Hidden2 and the annotations say Prune(0.95,Gradual); "
            + "the model runs without weights until it is trained and saved again",
            found.GetMessage());
    }

    [Fact]
    public async Task ESP0701_CountsLayers()
    {
        var shorter = Sources.LeNet300.Replace("typeof(Hidden1), typeof(Hidden2), typeof(Logits)", "typeof(Hidden1), typeof(Hidden2)").Replace("[Dense(300, 100), Relu]", "[Dense(300, 100)]");
        var found = await Single("ESP0701", shorter, new TestFile(File, ManifestText.For(Sources.LeNet300)));
        Assert.Contains("3 layers at Sequential and the annotations say 2 layers", found.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("Sequential(typeof(Hidden1), typeof(Hidden2))", TextAt(found));
    }

    [Fact]
    public async Task ESP0702_BlobIsMissing() => Assert.Equal(
        "There is no blob beside LeNet300.espalier.json, so that model 'Digits.LeNet300' has no weights; save the artifact again or restore the file LeNet300.espalier.bin",
        (await Single("ESP0702", Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300), ""))).GetMessage());

    [Fact]
    public async Task ESP0703_BlobDiffers() => Assert.Equal(
        "The blob of model 'Digits.LeNet300' has the hash FEDCBA987654… and LeNet300.espalier.json describes 001122334455…; "
        + "the two files belong together, so save the artifact again or restore both",
        (await Single("ESP0703", Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300), "fedcba9876543210"))).GetMessage());

    [Fact]
    public async Task ESP0704_CannotBeRead()
    {
        var found = await Single("ESP0704", Sources.LeNet300, new TestFile(File, "{ \"format\": 1 }"));
        Assert.Equal("LeNet300.espalier.json cannot be read as a manifest: \"planner\" is not a number", found.GetMessage());
        Assert.Equal(File, found.Location.GetLineSpan().Path);
    }

    [Fact]
    public async Task ESP0705_FormatIsUnknown()
    {
        var found = await Single("ESP0705", Sources.LeNet300, new TestFile(File, ManifestText.For(Sources.LeNet300, format: 7)));
        Assert.Equal(
            "LeNet300.espalier.json has format 7 and this version of Espalier reads format 1; update the package or save the artifact with this version",
            found.GetMessage());
    }

    [Fact]
    public async Task ESP0706_AccuracyIsBelowTheFloor()
    {
        var found = await Single("ESP0706", s_floored, new TestFile(File, ManifestText.For(s_floored, accuracy: "0.975")));
        Assert.Equal("Model 'Digits.LeNet300' reached a validation accuracy of 0.975 and [AccuracyFloor] demands 0.98", found.GetMessage());
        Assert.Equal("AccuracyFloor(0.98)", TextAt(found));
    }

    [Fact]
    public async Task ESP0707_ModelIsGone()
    {
        var renamed = Sources.LeNet300.Replace("class LeNet300", "class Renamed");
        var found = await Find(renamed, new TestFile(File, ManifestText.For(Sources.LeNet300)));
        Assert.Equal(["ESP0707", "ESP0708"], found.Select(diagnostic => diagnostic.Id));
        Assert.Equal(
            "LeNet300.espalier.json belongs to 'Digits.LeNet300', which is no model of this project; delete it and its blob, or give the class its name back",
            found[0].GetMessage());
        Assert.Equal(DiagnosticSeverity.Info, found[0].Severity);
    }

    [Fact]
    public async Task ESP0708_SaysHowToMakeAnArtifact()
    {
        var found = await Single("ESP0708", Sources.LeNet300);
        Assert.Equal("Model 'Digits.LeNet300' has no artifact yet. Train the model, call Artifact.From(trained).Save() and build again.", found.GetMessage());
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
    }

    [Fact]
    public async Task ESP0709_NamesBothFiles()
    {
        var whole = ManifestText.For(Sources.LeNet300);
        var found = await Single("ESP0709", Sources.LeNet300, new TestFile("/p/Models/" + File, whole), new TestFile("/p/Mold/" + File, whole));
        Assert.Equal(
            "Model 'Digits.LeNet300' has the manifests Models/LeNet300.espalier.json and Mold/LeNet300.espalier.json, of which the first counts; delete one of them with its blob",
            found.GetMessage());
        Assert.Equal("/p/Mold/" + File, found.Location.GetLineSpan().Path);

        // Paths as they may come: other separators, one name in front of the other, no folder at all.
        Assert.Contains("A.espalier.json and B.espalier.json,", await Message("""C:\p\A.espalier.json""", """C:\p\B.espalier.json"""), StringComparison.Ordinal);
        Assert.Contains("A.espalier.json and Old/A.espalier.json,", await Message("/p/A.espalier.json", "/p/Old/A.espalier.json"), StringComparison.Ordinal);
        Assert.Contains("A.espalier.json and B.espalier.json,", await Message("A.espalier.json", "B.espalier.json"), StringComparison.Ordinal);

        async Task<string> Message(string one, string other) =>
            (await Single("ESP0709", Sources.LeNet300, new TestFile(one, whole), new TestFile(other, whole))).GetMessage();
    }

    [Fact]
    public async Task ESP0709_IsAboutOneModelOfThisProject()
    {
        var whole = ManifestText.For(Sources.LeNet300);

        // Of three, each that does not count is told.
        Assert.Equal(["ESP0709", "ESP0709"], (await Find(Sources.LeNet300, new("a/" + File, whole), new("b/" + File, whole), new("c/" + File, whole))).Select(found => found.Id));

        // A file that cannot be read and manifests of no model have rules of their own.
        Assert.Equal(["ESP0704"], (await Find(Sources.LeNet300, new("a/" + File, "{"), new("b/" + File, whole))).Select(found => found.Id));
        var renamed = Sources.LeNet300.Replace("class LeNet300", "class Renamed");
        Assert.Equal(["ESP0707", "ESP0707", "ESP0708"], (await Find(renamed, new("a/" + File, whole), new("b/" + File, whole))).Select(found => found.Id));

        // Two models may have files of one name.
        const string Two = "namespace N; using Espalier; [Dense(3, 4)] public partial class A; [Sequential(typeof(A))] public partial class M;";
        var other = Two.Replace("namespace N", "namespace O");
        Assert.Empty(await AnalyzerHarness.Run(
            TestCompilation.Relaxed(Two, other), new TestFile("a/M.espalier.json", ManifestText.For(Two)), new TestFile("b/M.espalier.json", ManifestText.For(other))));
    }

    [Fact]
    public async Task NestedModel_FindsItsManifest()
    {
        var nested = "namespace N; using Espalier; [Dense(3, 4)] public partial class A; public partial class Outer { [Sequential(typeof(A))] public partial class M; }";
        Assert.Empty(await Find(nested, new TestFile("M.espalier.json", ManifestText.For(nested))));
    }

    [Fact]
    public async Task RequiredArtifact_TurnsWarningsIntoErrors()
    {
        var whole = ManifestText.For(Sources.LeNet300);
        (string Id, string Program, TestFile[] Files)[] cases =
        [
            ("ESP0701", Sources.LeNet300.Replace("Prune(0.91)", "Prune(0.95)"), [new(File, whole)]),
            ("ESP0702", Sources.LeNet300, [new(File, whole, "")]),
            ("ESP0703", Sources.LeNet300, [new(File, whole, "00")]),
            ("ESP0704", Sources.LeNet300, [new(File, "[")]),
            ("ESP0705", Sources.LeNet300, [new(File, ManifestText.For(Sources.LeNet300, format: 2))]),
            ("ESP0706", s_floored, [new(File, ManifestText.For(s_floored, accuracy: "0.1"))]),
            ("ESP0708", Sources.LeNet300, []),
            ("ESP0709", Sources.LeNet300, [new("a/" + File, whole), new("b/" + File, whole)]),
            ("ESP0710", s_floored.Replace("0.98", "98"), [new(File, whole)]),
        ];
        foreach (var (id, program, files) in cases)
        {
            var usual = Assert.Single(await AnalyzerHarness.Run(TestCompilation.Relaxed(program), files));
            var required = Assert.Single(await AnalyzerHarness.Run(TestCompilation.Relaxed(program), true, files));
            Assert.Equal((id, id == "ESP0708" ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning), (usual.Id, usual.Severity));
            Assert.Equal((id, DiagnosticSeverity.Error), (required.Id, required.Severity));
        }
    }

    /// <summary>
    /// A command-line build runs the analyzers of mere information only with this tag; an error may be hidden in one. The tag takes the
    /// severity out of the compiler's hands, so that others must not have it.
    /// </summary>
    [Fact]
    public void RulesThatMayBecomeErrors_RunInEveryBuild() => Assert.All(
        AnalyzerHarness.Rules.Where(rule => rule.CustomTags.Contains("EspalierRequireArtifact")),
        rule => Assert.Equal(rule.DefaultSeverity < DiagnosticSeverity.Warning, rule.CustomTags.Contains(WellKnownDiagnosticTags.CustomSeverityConfigurable)));

    private static async Task<Diagnostic> Single(string id, string program, params TestFile[] files)
    {
        var found = Assert.Single(await Find(program, files));
        Assert.Equal(id, found.Id);
        return found;
    }

    private static async Task<Diagnostic[]> Find(string program, params TestFile[] files) =>
        (await AnalyzerHarness.Run(TestCompilation.Relaxed(program), files)).OrderBy(found => found.Id, StringComparer.Ordinal).ToArray();

    private static string TextAt(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
