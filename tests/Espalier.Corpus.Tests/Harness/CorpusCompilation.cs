using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Espalier.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Corpus.Tests;

/// <summary>Many sets in one compilation, generated for and analyzed as a build does it. Their names never meet, so a diagnostic belongs to the set whose file it is in.</summary>
internal sealed partial class CorpusCompilation
{
    private CorpusCompilation(Compilation whole, ImmutableArray<Diagnostic> diagnostics, ImmutableArray<Diagnostic> ofGenerator, Exception? crash) =>
        (Whole, Diagnostics, OfGenerator, Crash) = (whole, diagnostics, ofGenerator, crash);

    /// <summary>The sets with all that was generated.</summary>
    public Compilation Whole { get; }

    /// <summary>What the compiler and all analyzers say.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>What the generator says, which is nothing.</summary>
    public ImmutableArray<Diagnostic> OfGenerator { get; }

    /// <summary>What the generator threw.</summary>
    public Exception? Crash { get; }

    public static async Task<CorpusCompilation> Of(IEnumerable<WrittenSet> sets, IReadOnlyList<(string Key, string Value)> properties, params TestFile[] files)
    {
        var trees = sets.SelectMany(set => set.Files).Select(file => CSharpSyntaxTree.ParseText(file.Text, TestCompilation.ParseOptions, file.Path, System.Text.Encoding.UTF8));
        var bare = TestCompilation.Relaxed().AddSyntaxTrees(trees);
        var options = new TestOptions([.. properties]);
        var driver = CSharpGeneratorDriver.Create([new EspalierGenerator().AsSourceGenerator()], files, TestCompilation.ParseOptions, options)
            .RunGeneratorsAndUpdateCompilation(bare, out var whole, out var ofGenerator);
        var diagnostics = await whole.WithAnalyzers(AnalyzerHarness.All, new AnalyzerOptions([.. files], options)).GetAllDiagnosticsAsync();
        return new CorpusCompilation(whole, diagnostics, ofGenerator, driver.GetRunResult().Results[0].Exception);
    }

    /// <summary>What belongs to no set, or to generated code, and so must not be: crashes and warnings of code that nobody wrote.</summary>
    public IEnumerable<string> Breakdowns(IReadOnlyList<WrittenSet> sets) =>
        OfGenerator.Select(diagnostic => diagnostic.ToString())
            .Concat(Crash is null ? [] : [Crash.ToString()])
            .Concat(Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !sets.Any(set => Belongs(diagnostic, set)))
                .Select(diagnostic => $"{diagnostic}\n{sets.FirstOrDefault(set => set.Seed == SeedIn(diagnostic))}"));

    /// <summary>What is said of a set's own files.</summary>
    public Diagnostic[] OfSet(WrittenSet set) => Diagnostics.Where(diagnostic => Belongs(diagnostic, set)).ToArray();

    private static bool Belongs(Diagnostic diagnostic, WrittenSet set) =>
        diagnostic.Id != "AD0001" && diagnostic.Location.GetLineSpan().Path is { } path && path.StartsWith(set.Folder, StringComparison.Ordinal);

    private static int SeedIn(Diagnostic diagnostic) =>
        Seed().Match(diagnostic.ToString()) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex("S([0-9]{4})")]
    private static partial Regex Seed();
}
