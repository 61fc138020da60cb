using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Tests;

/// <summary>Runs the analyzers of an id, and all our suppressors, over a program with its generated halves.</summary>
internal static class SuppressorHarness
{
    public static readonly ImmutableArray<DiagnosticSuppressor> All = typeof(EspalierGenerator).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DiagnosticSuppressor)))
        .Select(type => (DiagnosticSuppressor)Activator.CreateInstance(type)!)
        .ToImmutableArray();

    // As a project that wants everything sets them.
    private static readonly TestOptions s_options = new(("csharp_using_directive_placement", "outside_namespace:warning"));

    /// <summary>What the analyzers report: the text at each place and the id of the suppression that answers it, empty where none does.</summary>
    public static Task<(string Text, string Suppression)[]> Run(string id, params string[] programs) => Run(id, TestCompilation.Relaxed(programs));

    /// <summary>The same in a project without implicit usings.</summary>
    public static Task<(string Text, string Suppression)[]> RunWithoutUsings(string id, params string[] programs)
    {
        var sources = TestCompilation.Relaxed(programs);
        return Run(id, sources.RemoveSyntaxTrees(sources.SyntaxTrees[0]));
    }

    private static async Task<(string Text, string Suppression)[]> Run(string id, CSharpCompilation sources)
    {
        var compilation = new GeneratorHarness(sources).Generated(sources);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create(id, ReportDiagnostic.Warn)]));
        var analyzers = AnsweredAnalyzers.Of(id);
        Assert.NotEmpty(analyzers);
        var run = new CompilationWithAnalyzers(
            compilation,
            [.. analyzers, .. All],
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([], s_options), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));
        var found = await run.GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        return [.. found.Where(diagnostic => diagnostic.Id == id).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => (Text(diagnostic), Answer(diagnostic, compilation)))];
    }

    private static string Text(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);

    private static string Answer(Diagnostic diagnostic, Compilation compilation) =>
        diagnostic.IsSuppressed ? string.Join(",", diagnostic.GetSuppressionInfo(compilation)!.ProgrammaticSuppressions.Select(suppression => suppression.Descriptor.Id)) : "";
}
