using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Tests;

/// <summary>What all analyzers together make the compiler bind when an editor asks them about one document. No times: the benchmarks measure those.</summary>
public class OpenDocumentTests
{
    private const int Models = 6;

    /// <summary>The library's layers are seen by other projects; the program's are not, so that one rule looks for the models that list them.</summary>
    [Theory]
    [InlineData(OutputKind.DynamicallyLinkedLibrary)]
    [InlineData(OutputKind.ConsoleApplication)]
    public async Task Document_BindsNoAttributesOfOthers(OutputKind kind)
    {
        var project = Project(kind);
        var seen = new SeenCompilations();
        var analysis = project.WithAnalyzers(
            AnalyzerHarness.All.Add(seen),
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([.. Enumerable.Range(0, Models).Select(Manifest)], new TestOptions([])), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        var document = project.SyntaxTrees.Single(tree => tree.FilePath == "Net3.cs");
        Assert.Empty(await analysis.GetAnalyzerSyntaxDiagnosticsAsync(document, TestContext.Current.CancellationToken));
        var found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(project.GetSemanticModel(document), null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        Assert.NotEmpty(seen.All);
        var bound = seen.All.SelectMany(compilation => compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type))
            .OfType<INamedTypeSymbol>()
            .Where(BoundAttributes.Has)
            .Select(type => type.Name)
            .Distinct()
            .Order();
        Assert.Equal(["Layer3X0", "Layer3X1", "Net3"], bound);
    }

    private static CSharpCompilation Project(OutputKind kind)
    {
        var empty = TestCompilation.Of("");
        return empty.WithOptions(empty.Options.WithOutputKind(kind)).AddSyntaxTrees(Enumerable.Range(0, Models).Select(model =>
            CSharpSyntaxTree.ParseText(Source(model), TestCompilation.ParseOptions, $"Net{model}.cs", Encoding.UTF8)));
    }

    private static string Source(int model) => $"""
        namespace Project;
        using Espalier;
        using static Espalier.Precision;
        [Dense({40 + model}, 30), Relu, Quantize(Int8), Prune(0.9), Codebook(16)] public partial class Layer{model}X0;
        [Dense(30, 10), Quantize(Int8), Prune(0.9), Codebook(16)] public partial class Layer{model}X1;
        [Sequential(typeof(Layer{model}X0), typeof(Layer{model}X1))] public partial class Net{model};
        """;

    private static TestFile Manifest(int model) => new($"Net{model}.espalier.json", ManifestText.For(Source(model)));

    /// <summary>Each question gets a compilation of its own.</summary>
#pragma warning disable RS1001, RS1012, RS1036, RS1038, RS2008 // Never loaded into a compiler.
    private sealed class SeenCompilations : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor s_rule = new("SEEN0001", "Seen", "Seen", "Seen", DiagnosticSeverity.Info, isEnabledByDefault: true);

        public ConcurrentBag<Compilation> All { get; } = [];

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterCompilationStartAction(start => All.Add(start.Compilation));
        }
    }
}
