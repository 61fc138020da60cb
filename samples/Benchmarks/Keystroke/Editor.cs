extern alias generator;

using System.Collections.Immutable;
using System.Diagnostics;
using generator::Espalier.Generator;
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

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_idle = [new IdleAnalyzer()];

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
        Whole = Updated(edited, Kept([.. Result.GeneratedSources.Select(source => source.SyntaxTree)]));
        return time;
    }

    /// <summary>Milliseconds of all analyzers on one document, as for the one that is open.</summary>
    public Task<double> AnalyzeDocument(string file) => AnalyzeDocument(file, s_analyzers);

    /// <summary>The same for an analyzer that does nothing: what the compiler takes to declare and bind the document.</summary>
    public Task<double> AnalyzeIdly(string file) => AnalyzeDocument(file, s_idle);

    private async Task<double> AnalyzeDocument(string file, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var tree = Whole.SyntaxTrees.Single(tree => tree.FilePath == file);
        var start = Stopwatch.GetTimestamp();
        // One rule after the other, as the compiler's own workspaces ask: together they would starve the threads that wait for them.
        var analysis = Analysis(project, Whole, analyzers, concurrent: false);
        await analysis.GetAnalyzerSyntaxDiagnosticsAsync(tree, CancellationToken.None);
        await analysis.GetAnalyzerSemanticDiagnosticsAsync(Whole.GetSemanticModel(tree), null, CancellationToken.None);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>
    /// Milliseconds of all analyzers on the whole project as it is written: nothing of what was generated, which they do not look at and
    /// which the compiler would bind on the way. And of these the analyzers' own, summed over all.
    /// </summary>
    public static async Task<(double Wall, double Own)> AnalyzeProject(KeystrokeProject project, Compilation edited)
    {
        var start = Stopwatch.GetTimestamp();
        var analysis = Analysis(project, edited, s_analyzers, concurrent: true);
        await analysis.GetAnalyzerDiagnosticsAsync();
        var wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (wall, await Own(analysis, s_analyzers));
    }

    private static async Task<double> Own(CompilationWithAnalyzers analysis, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var own = 0d;
        foreach (var analyzer in analyzers)
        {
            own += (await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None)).ExecutionTime.TotalMilliseconds;
        }

        return own;
    }

    /// <summary>
    /// The trees of the keystroke before where the text is the same. The driver makes every tree anew, cached output or not, and an editor keeps its
    /// documents by their text. To take all 625 new ones meant to parse and declare them again with each keystroke: 1.4 s, and 30 ms of collecting
    /// what they left behind in whatever was timed next.
    /// </summary>
    private SyntaxTree[] Kept(SyntaxTree[] generated)
    {
        var before = Whole.SyntaxTrees.ToDictionary(tree => tree.FilePath);
        return [.. generated.Select(tree => before.TryGetValue(tree.FilePath, out var old) && old.GetText().ContentEquals(tree.GetText()) ? old : tree)];
    }

    /// <summary>
    /// The whole project of the keystroke before with those trees replaced that changed, as an editor keeps it: what is declared in all
    /// others is not looked for again.
    /// </summary>
    private Compilation Updated(Compilation edited, SyntaxTree[] generated)
    {
        var trees = edited.SyntaxTrees.Concat(generated).ToArray();
        var (old, now) = (Whole.SyntaxTrees.ToHashSet(), trees.ToHashSet());
        var (gone, come) = (old.Where(tree => !now.Contains(tree)).ToArray(), trees.Where(tree => !old.Contains(tree)).ToArray());
        if (gone.Select(tree => tree.FilePath).SequenceEqual(come.Select(tree => tree.FilePath)))
        {
            return gone.Zip(come).Aggregate(Whole, (whole, pair) => whole.ReplaceSyntaxTree(pair.First, pair.Second));
        }

        return Whole.RemoveSyntaxTrees(gone).AddSyntaxTrees(come);
    }

    private static CompilationWithAnalyzers Analysis(KeystrokeProject project, Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool concurrent) =>
        compilation.WithAnalyzers(
            analyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([.. project.Manifests]), null, concurrentAnalysis: concurrent, logAnalyzerExecutionTime: true, reportSuppressedDiagnostics: true));
}
