using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Tests;

/// <summary>Runs all analyzers of the generator's assembly at once, as an editor does.</summary>
internal static class AnalyzerHarness
{
    public static readonly ImmutableArray<DiagnosticAnalyzer> All = typeof(EspalierGenerator).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsSubclassOf(typeof(DiagnosticSuppressor)))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
        .ToImmutableArray();

    public static readonly ImmutableArray<DiagnosticDescriptor> Rules =
        All.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal).ToImmutableArray();

    public static Task<ImmutableArray<Diagnostic>> Run(Compilation compilation, params TestFile[] files) => Run(compilation, false, files);

    public static Task<ImmutableArray<Diagnostic>> Run(Compilation compilation, bool requireArtifact, params TestFile[] files) => Run(compilation, requireArtifact, "", files);

    public static Task<ImmutableArray<Diagnostic>> Run(Compilation compilation, bool requireArtifact, string accuracyFloor, params TestFile[] files) =>
        Run(compilation, [("EspalierRequireArtifact", requireArtifact ? "true" : ""), ("EspalierAccuracyFloor", accuracyFloor)], files);

    /// <summary>Under build properties, which a project sets and the package shows to the compiler.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Run(Compilation compilation, (string Name, string Value)[] properties, params TestFile[] files)
    {
        var options = new TestOptions([.. properties.Select(property => ("build_property." + property.Name, property.Value))]);
        var found = await compilation.WithAnalyzers(All, new AnalyzerOptions([.. files], options)).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        return found;
    }
}
