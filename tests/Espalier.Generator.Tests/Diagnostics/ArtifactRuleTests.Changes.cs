using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>ESP0701 names what changed, all of it and nothing else, at the layer that it changed at.</summary>
public partial class ArtifactRuleTests
{
    [Theory]
    [InlineData("[Dense(300, 100), Relu]", "[Dense(300, 100), Tanh]", "Relu", "Tanh")]
    [InlineData("[Dense(300, 100), Relu]", "[Dense(300, 100)]", "Relu", "no activation")]
    [InlineData("[Dense(300, 100), Relu]", "[Dense(300, 100, Bias = false), Relu]", "Bias=True", "Bias=False")]
    [InlineData("Prune(0.91), Codebook(16)", "Prune(0.91)", "Quantize(PerChannel=False) Codebook(16,Int8)", "Quantize(PerChannel=True) no Codebook")]
    [InlineData("Prune(0.91), ", "", "Prune(0.91,Gradual)", "no Prune")]
    [InlineData("Prune(0.91), Codebook(16)", "Prune(0.95), Codebook(32)", "Prune(0.91,Gradual) Codebook(16,Int8)", "Prune(0.95,Gradual) Codebook(32,Int8)")]
    [InlineData("Quantize(Int8), Prune(0.91)", "Quantize(Int8, Gradients = Bf16), Prune(0.91)", "Quantize(Gradients=Fp32)", "Quantize(Gradients=Bf16)")]
    [InlineData("typeof(Hidden2)", "typeof(Twin)", "1/Hidden2", "1/Twin", "Sequential", "typeof(Twin)")]
    public async Task ESP0701_SaysWhatWasAndWhatIs(string old, string @new, string recorded, string annotated, string at = "1/Hidden2", string marked = "typeof(Hidden2)")
    {
        var twin = Sources.LeNet300 + "\n[Dense(300, 100), Relu] [Quantize(Int8), Prune(0.9)] public partial class Twin;";
        var changed = twin.Replace(old, @new);
        Assert.NotEqual(twin, changed);
        var found = await Single("ESP0701", changed, new TestFile(File, ManifestText.For(Sources.LeNet300)));
        Assert.Equal(
            $"{File} was saved with {recorded} at {at} and the annotations say {annotated}; the model runs without weights until it is trained and saved again",
            found.GetMessage());
        Assert.Equal(marked, TextAt(found));
    }

    /// <summary>Definitions of another version have another form; where the texts part is said all the same.</summary>
    [Fact]
    public async Task ESP0701_DefinitionsOfAnotherForm()
    {
        var other = ManifestText.For(Sources.LeNet300).Replace("Dense(300,100) Bias=True", "Dense(300,100) Bias=True Norm=Batch");
        Assert.Contains("with Norm=Batch at 1/Hidden2 and the annotations say Relu;", (await Single("ESP0701", Sources.LeNet300, new TestFile(File, other))).GetMessage(), StringComparison.Ordinal);
    }

    /// <summary>What a user sets for a rule in .editorconfig counts, also for rules that <c>EspalierRequireArtifact</c> makes errors.</summary>
    [Theory]
    [InlineData("ESP0101", ReportDiagnostic.Warn, false, DiagnosticSeverity.Warning)]
    [InlineData("ESP0701", ReportDiagnostic.Error, false, DiagnosticSeverity.Error)]
    [InlineData("ESP0701", ReportDiagnostic.Info, false, DiagnosticSeverity.Info)]
    [InlineData("ESP0701", ReportDiagnostic.Info, true, DiagnosticSeverity.Info)]
    [InlineData("ESP0701", ReportDiagnostic.Suppress, true, null)]
    [InlineData("ESP0708", ReportDiagnostic.Warn, false, DiagnosticSeverity.Warning)]
    [InlineData("ESP0708", ReportDiagnostic.Warn, true, DiagnosticSeverity.Warning)]
    [InlineData("ESP0708", ReportDiagnostic.Suppress, true, null)]
    [InlineData("ESP0708", ReportDiagnostic.Default, true, DiagnosticSeverity.Error)]
    public async Task TheEditorsConfigurationChoosesTheSeverity(string id, ReportDiagnostic chosen, bool required, DiagnosticSeverity? severity)
    {
        var (program, files) = id switch
        {
            "ESP0101" => ("[Espalier.Dense(3, 4)] class A;", Array.Empty<TestFile>()),
            "ESP0701" => (Sources.LeNet300.Replace("Prune(0.91)", "Prune(0.95)"), [new TestFile(File, ManifestText.For(Sources.LeNet300))]),
            _ => (Sources.LeNet300, []),
        };
        var compilation = TestCompilation.Relaxed(program);
        var configured = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new ChosenSeverity(id, chosen)));
        var found = (await AnalyzerHarness.Run(configured, required, files)).Where(diagnostic => diagnostic.Id == id).ToArray();
        Assert.Equal(severity is { } one ? [one] : [], found.Select(diagnostic => diagnostic.Severity));
    }

    /// <summary>Findings in manifests have no C# file whose section could name them: a global configuration does.</summary>
    [Fact]
    public async Task AGlobalConfigurationChoosesTheSeverityInManifests()
    {
        var compilation = TestCompilation.Relaxed(Sources.LeNet300);
        var configured = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new ChosenSeverity("ESP0704", ReportDiagnostic.Error, everywhere: true)));
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(await AnalyzerHarness.Run(configured, new TestFile(File, "["))).Severity);
    }

    /// <summary>What the compiler makes of <c>dotnet_diagnostic.ESPnnnn.severity</c> in a section for C# files.</summary>
    private sealed class ChosenSeverity(string id, ReportDiagnostic chosen, bool everywhere = false) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = chosen;
            return diagnosticId == id;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = chosen;
            return everywhere && diagnosticId == id;
        }
    }
}
