using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Tests;

/// <summary>A project that switches on every quality rule of the .NET SDK sees none of them broken by generated code.</summary>
public class StrictProjectTests
{
    // Plain, pruned, shared, few bits, two planes and floats of 16 bits, public and internal, nested and not.
    private const string Program = Sources.LeNet300 + """

        [Dense(20, 12), Sigmoid, Quantize(Int8, Inputs = Int16)] internal partial class Planes;
        [Dense(12, 8), Tanh, Quantize(Int4)] internal sealed partial class Few;
        [Dense(8, 6), Quantize(Fp16)] internal partial class Halves;
        [Sequential(typeof(Planes), typeof(Few), typeof(Halves), typeof(Outer.Inner))] internal partial class Mixed;

        internal static partial class Outer
        {
            [Dense(6, 4), Softmax, Prune(0.5)] internal partial class Inner;
        }
        """;

    [Fact]
    public async Task GeneratedCode_BreaksNoQualityRule()
    {
        var (generated, found) = await Run(Program);
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        Assert.Empty(found.Where(diagnostic => generated.Contains(diagnostic.Location.SourceTree!)).Select(diagnostic => diagnostic.ToString()));
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "CA1812");
    }

    /// <summary>The same rules do find what a hand writes.</summary>
    [Fact]
    public async Task HandwrittenCode_IsLookedAt() =>
        Assert.Contains((await Run(Program + " internal class Unused;")).Found, diagnostic => diagnostic.Id == "CA1812");

    private static async Task<(HashSet<SyntaxTree> Generated, Diagnostic[] Found)> Run(string program)
    {
        var sources = TestCompilation.Relaxed(program);
        var compilation = new GeneratorHarness(sources).Generated(sources);
        var analyzers = AnsweredAnalyzers.Quality;
        var ids = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct();
        var strict = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(ids.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn))));
        var found = await strict.WithAnalyzers([.. analyzers, .. SuppressorHarness.All], new AnalyzerOptions([], new TestOptions())).GetAllDiagnosticsAsync();
        return ([.. compilation.SyntaxTrees.Except(sources.SyntaxTrees)], [.. found.Where(diagnostic => diagnostic.Location.SourceTree is not null && diagnostic.Severity > DiagnosticSeverity.Hidden)]);
    }
}
