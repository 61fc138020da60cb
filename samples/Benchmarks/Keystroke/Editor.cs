using System.Collections.Immutable;
using System.Diagnostics;
using Espalier.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Benchmarks.Keystroke;

/// <summary>Does with a changed project what an editor does: generates, then asks all analyzers about the document that is open, or about everything.</summary>
internal sealed class Editor(KeystrokeProject project, bool track = false)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = typeof(EspalierGenerator).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
        .ToImmutableArray();

    private GeneratorDriver _driver = CSharpGeneratorDriver.Create(
        [new EspalierGenerator().AsSourceGenerator()], project.Manifests, KeystrokeProject.ParseOptions, null, new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, track));

    public static int Analyzers => s_analyzers.Length;

    /// <summary>The project and what was last generated for it.</summary>
    public Compilation Whole { get; private set; } = project.Compilation;

    public GeneratorRunResult Result => _driver.GetRunResult().Results[0];

    /// <summary>Milliseconds of the generator. Putting its text into the compilation is the compiler's part and not counted.</summary>
    public double Generate(Compilation edited)
    {
        var start = Stopwatch.GetTimestamp();
        _driver = _driver.RunGenerators(edited);
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Whole = edited.AddSyntaxTrees(Result.GeneratedSources.Select(source => source.SyntaxTree));
        return time;
    }

    /// <summary>Milliseconds of all analyzers on one document, as for the one that is open.</summary>
    public async Task<double> AnalyzeDocument(string file)
    {
        var tree = Whole.SyntaxTrees.Single(tree => tree.FilePath == file);
        var start = Stopwatch.GetTimestamp();
        var analysis = Analysis();
        await analysis.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None);
        await analysis.GetAnalyzerSemanticDiagnosticsAsync(Whole.GetSemanticModel(tree), null, CancellationToken.None);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Of the analyzers alone, summed over all of them: the compiler's own work, which any analyzer would cause, left out. On the whole project.</summary>
    public async Task<(double Wall, double Alone, int Found)> AnalyzeAll()
    {
        var start = Stopwatch.GetTimestamp();
        var analysis = Analysis();
        var found = await analysis.GetAnalyzerDiagnosticsAsync();
        var wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var alone = 0d;
        foreach (var analyzer in s_analyzers)
        {
            alone += (await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None)).ExecutionTime.TotalMilliseconds;
        }

        return (wall, alone, found.Length);
    }

    private CompilationWithAnalyzers Analysis() => Whole.WithAnalyzers(
        s_analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([.. project.Manifests]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: true));
}
