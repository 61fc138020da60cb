using Espalier.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>Fixes of shapes, attributes and codebooks; what they write compiles with its generated half.</summary>
public class StructureFixTests
{
    private const string Opening = "namespace N;\nusing Espalier;\nusing static Espalier.Precision;\n\n";

    [Theory]
    [InlineData("Codebook(17)", "Codebook(16)")]
    [InlineData("Codebook(clusters: 23, CentroidPrecision = Fp32)", "Codebook(clusters: 32, CentroidPrecision = Fp32)")]
    [InlineData("Quantize(Int8), Codebook(200)", "Quantize(Int8), Codebook(128)")]
    [InlineData("Quantize(Int4), Codebook(9)", "Quantize(Int4), Codebook(8)")]
    public async Task RoundClusters_TakesTheNearerOfTheUsefulCounts(string before, string after) =>
        await AssertFixed(new RoundClustersCodeFix(), $"[Dense(90, 40), {before}] partial class A;", $"[Dense(90, 40), {after}] partial class A;");

    [Theory]
    [InlineData("[Dense(3, 4), Codebook(32)] partial class A;", "[Dense(3, 4), Codebook(16)] partial class A;")]
    [InlineData("[Dense(16, 10), Quantize(Int8), Codebook(128)] partial class A;", "[Dense(16, 10), Quantize(Int8), Codebook(32)] partial class A;")]
    public async Task RoundClusters_TakesWhatTheWeightsPayFor(string before, string after) => await AssertFixed(new RoundClustersCodeFix(), before, after);

    [Fact]
    public async Task RoundClusters_FixesAll() => await AssertAllFixed(
        new RoundClustersCodeFix(),
        "[Dense(90, 40), Codebook(17)] partial class A; [Dense(90, 40), Codebook(100)] partial class B; [Dense(3, 4), Codebook(64)] partial class C;",
        "[Dense(90, 40), Codebook(16)] partial class A; [Dense(90, 40), Codebook(128)] partial class B; [Dense(3, 4), Codebook(16)] partial class C;");

    [Theory]
    [InlineData("Prune(0.6, Structure = SparsityStructure.Grouped)", "Prune(0.5, Structure = SparsityStructure.Grouped)")]
    [InlineData("Prune(0.5, Structure = SparsityStructure.Grouped, GroupSize = 4)", "Prune(0.5, Structure = SparsityStructure.Grouped, GroupSize = 2)")]
    [InlineData("Prune(0.66, Structure = SparsityStructure.Grouped, GroupSize = 9)", "Prune(0.6667, Structure = SparsityStructure.Grouped, GroupSize = 9)")]
    public async Task ReplaceNumber_MakesGroupsFit(string before, string after)
    {
        var inputs = before.Contains("Size = 4", StringComparison.Ordinal) ? 90 : 36;
        await AssertFixed(new ReplaceNumberCodeFix(), $"[Dense({inputs}, 40), {before}] partial class A;", $"[Dense({inputs}, 40), {after}] partial class A;");
    }

    [Theory]
    [InlineData("[Dense(3, 4), Relu, Tanh] partial class A;", "[Dense(3, 4), Relu] partial class A;")]
    [InlineData("[Dense(3, 4)]\n[Relu]\n[Tanh]\npublic partial class A;", "[Dense(3, 4)]\n[Relu]\npublic partial class A;")]
    [InlineData("[Dense(3, 4), Relu] [Tanh] partial class A;", "[Dense(3, 4), Relu] partial class A;")]
    [InlineData("[Tanh, Relu, Dense(3, 4)] partial class A;", "[Tanh, Dense(3, 4)] partial class A;")]
    [InlineData("[Dense(3, 4), Dense(3, 5)] partial class A;", "[Dense(3, 4)] partial class A;")]
    [InlineData("[Dense(3, 4), Sequential(typeof(B))] partial class A; [Dense(3, 4)] partial class B;", "[Dense(3, 4)] partial class A; [Dense(3, 4)] partial class B;")]
    [InlineData("partial class Outer\n{\n    // why\n    [Prune(0.5)]\n    partial class A;\n\n    [Dense(3, 4)]\n    partial class B;\n}", "partial class Outer\n{\n    // why\n    partial class A;\n\n    [Dense(3, 4)]\n    partial class B;\n}")]
    [InlineData("[Dense(3, 4)] partial class B;\n/// <summary>A.</summary>\n[Relu] // for now\npartial class A;", "[Dense(3, 4)] partial class B;\n/// <summary>A.</summary>\n// for now\npartial class A;")]
    [InlineData("[Dense(3, 4)] partial class B; [Sequential(typeof(B)),\n Relu] partial class A;", "[Dense(3, 4)] partial class B; [Sequential(typeof(B))] partial class A;")]
    public async Task RemoveAttribute_TidiesTheList(string before, string after) => await AssertFixed(new RemoveAttributeCodeFix(), before, after);

    [Fact]
    public async Task RemoveAttribute_FixesAll() => await AssertAllFixed(
        new RemoveAttributeCodeFix(),
        "[Quantize(Int8), Prune(0.5), Codebook(16)]\npartial class A;\n[Relu, System.Serializable, Tanh]\npartial class C;\n[Dense(3, 4), Relu, Tanh] [Sequential(typeof(B))] partial class D;\n[Dense(3, 4)] partial class B;",
        "partial class A;\n[System.Serializable]\npartial class C;\n[Dense(3, 4), Relu] partial class D;\n[Dense(3, 4)] partial class B;");

    [Theory]
    [InlineData("[Dense(3, 4)] partial class A; [Dense(5, 6, Bias = false)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M;", "[Dense(3, 4)] partial class A; [Dense(4, 6, Bias = false)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M;")]
    [InlineData("[Dense(3, 4)] partial class A; [Dense(outputs: 6, inputs: 5)] partial class B; [Sequential(new[] { typeof(A), typeof(B) })] partial class M;", "[Dense(3, 4)] partial class A; [Dense(outputs: 6, inputs: 4)] partial class B; [Sequential(new[] { typeof(A), typeof(B) })] partial class M;")]
    [InlineData("[Dense(3, 4)] partial class A; [Dense(5, 4)] partial class B; [Sequential(typeof(A), typeof(B), typeof(B))] partial class M;", "[Dense(3, 4)] partial class A; [Dense(4, 4)] partial class B; [Sequential(typeof(A), typeof(B), typeof(B))] partial class M;")]
    public async Task SetInputs_TakesWhatTheLayerBeforeGives(string before, string after) => await AssertFixed(new SetInputsCodeFix(), before, after);

    [Fact]
    public async Task SetInputs_FixesAWholeChain() => await AssertAllFixed(
        new SetInputsCodeFix(),
        "[Dense(3, 4)] partial class A; [Dense(5, 6)] partial class B; [Dense(7, 8)] partial class C; [Dense(9, 2)] partial class D;\n[Sequential(typeof(A), typeof(B), typeof(C), typeof(D))] partial class M; [Sequential(typeof(A), typeof(B))] partial class K;",
        "[Dense(3, 4)] partial class A; [Dense(4, 6)] partial class B; [Dense(6, 8)] partial class C; [Dense(8, 2)] partial class D;\n[Sequential(typeof(A), typeof(B), typeof(C), typeof(D))] partial class M; [Sequential(typeof(A), typeof(B))] partial class K;");

    /// <summary>What one place needs another would lose.</summary>
    [Theory]
    [InlineData("[Dense(3, 4)] partial class A; [Dense(5, 6)] partial class B; [Sequential(typeof(A), typeof(B), typeof(B))] partial class M;")]
    [InlineData("[Dense(3, 4)] partial class A; [Dense(5, 6)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M; [Sequential(typeof(B))] partial class K;")]
    [InlineData("[Dense(3, 4)] partial class A; [Dense(3, 5)] partial class C; [Dense(5, 6)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M; [Sequential(typeof(C), typeof(B))] partial class K;")]
    public async Task SetInputs_IsNotOfferedWhereAnotherPlaceWouldBreak(string program) => Assert.Empty(await Offered(new SetInputsCodeFix(), program));

    /// <summary>A size below 1 has no fix: only the author can know what was meant.</summary>
    [Fact]
    public void SizesBelowOne_HaveNoFix() =>
        Assert.DoesNotContain(typeof(SetInputsCodeFix).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
            .SelectMany(type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds), id => id == "ESP0201");

    private static async Task<IReadOnlyList<string>> Offered(CodeFixProvider fix, string program)
    {
        var titles = new List<string>();
        using var workspace = new AdhocWorkspace();
        var empty = TestCompilation.Relaxed();
        var document = workspace.AddProject("Consumer", LanguageNames.CSharp)
            .WithCompilationOptions(empty.Options).WithParseOptions(TestCompilation.ParseOptions).WithMetadataReferences(empty.References)
            .AddDocument("Program.cs", Opening + program);
        var found = (await AnalyzerHarness.Run((await document.Project.GetCompilationAsync())!)).Where(one => fix.FixableDiagnosticIds.Contains(one.Id)).ToArray();
        Assert.NotEmpty(found);
        foreach (var diagnostic in found)
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => titles.Add(action.Title), CancellationToken.None));
        }

        return titles;
    }

    private static async Task AssertFixed(CodeFixProvider fix, string before, string after)
    {
        var program = await new CodeFixHarness(fix).FixFirst(Opening + before);
        Assert.Equal(Opening + after, program);
        await AssertClean(program, fix);
    }

    private static async Task AssertAllFixed(CodeFixProvider fix, string before, string after)
    {
        var program = await new CodeFixHarness(fix).FixAll(Opening + before);
        Assert.Equal(Opening + after, program);
        await AssertClean(program, fix);
    }

    private static async Task AssertClean(string program, CodeFixProvider fix)
    {
        var compilation = TestCompilation.Relaxed(program);
        Assert.Empty((await AnalyzerHarness.Run(compilation)).Where(found => found.Severity > DiagnosticSeverity.Info || fix.FixableDiagnosticIds.Contains(found.Id)));
        var run = new GeneratorHarness(compilation);
        Assert.NotEmpty(run.Files);
        Assert.Empty(run.Generated(compilation).GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
    }
}
