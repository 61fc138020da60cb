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
    private readonly Diagnostic[] _diagnostics;

    private CorpusCompilation(Compilation whole, IEnumerable<Diagnostic> diagnostics, MemoryStream? image) =>
        (Whole, _diagnostics, Image) = (whole, [.. diagnostics], image);

    /// <summary>The sets with all that was generated.</summary>
    public Compilation Whole { get; }

    /// <summary>The assembly; null when the sets are not to be loaded or do not compile.</summary>
    public MemoryStream? Image { get; }

    /// <param name="sets">What to compile.</param>
    /// <param name="properties">Build properties.</param>
    /// <param name="load">Whether the assembly is wanted.</param>
    /// <param name="files">Manifests.</param>
    public static async Task<CorpusCompilation> Of(
        IEnumerable<WrittenSet> sets, IReadOnlyList<(string Key, string Value)> properties, bool load, params TestFile[] files)
    {
        var trees = sets.SelectMany(set => set.Files).Select(file => CSharpSyntaxTree.ParseText(file.Text, TestCompilation.ParseOptions, file.Path, System.Text.Encoding.UTF8));
        var bare = TestCompilation.Relaxed().AddSyntaxTrees(trees);
        var options = new TestOptions([.. properties]);
        var driver = CSharpGeneratorDriver.Create([new EspalierGenerator().AsSourceGenerator()], files, TestCompilation.ParseOptions, options)
            .RunGeneratorsAndUpdateCompilation(bare, out var whole, out var ofGenerator);
        Assert.Null(driver.GetRunResult().Results[0].Exception);

        // Kernels are bound by the compiler alone: they are nearly all of the code, and the analyzers do not look at them.
        var ofAnalyzers = await Analyze(bare, options, files);
        var image = load ? new MemoryStream() : null;
        var ofCompiler = image is null ? Compiled.Diagnose(whole) : whole.Emit(image).Diagnostics;
        return new CorpusCompilation(whole, [.. ofGenerator, .. ofCompiler, .. ofAnalyzers], image);
    }

    /// <summary>What all analyzers say of a compilation.</summary>
    public static Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation, TestOptions options, params TestFile[] files) =>
        compilation.WithAnalyzers(AnalyzerHarness.All, new AnalyzerOptions([.. files], options)).GetAnalyzerDiagnosticsAsync();

    /// <summary>What belongs to no set, or to generated code, and so must not be: crashes (AD0001, CS8785) and warnings of code that nobody wrote.</summary>
    public IEnumerable<string> Breakdowns(IReadOnlyList<WrittenSet> sets) => _diagnostics
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !sets.Any(set => Belongs(diagnostic, set)))
        .Select(diagnostic => $"{diagnostic}\n{sets.FirstOrDefault(set => set.Seed == SeedIn(diagnostic))}");

    /// <summary>What is said of a set's own files.</summary>
    public Diagnostic[] OfSet(WrittenSet set) => _diagnostics.Where(diagnostic => Belongs(diagnostic, set)).ToArray();

    private static bool Belongs(Diagnostic diagnostic, WrittenSet set) =>
        diagnostic.Id != "AD0001" && diagnostic.Location.GetLineSpan().Path is { } path && path.StartsWith(set.Folder, StringComparison.Ordinal);

    private static int SeedIn(Diagnostic diagnostic) =>
        Seed().Match(diagnostic.ToString()) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : -1;

    [GeneratedRegex("S([0-9]{4})")]
    private static partial Regex Seed();
}
