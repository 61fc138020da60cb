using Espalier.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>What the code fixes write; the fixed program has no diagnostic of ours left and compiles with its generated half.</summary>
public class CodeFixTests
{
    private const string Opening = "namespace N;\nusing Espalier;\nusing static Espalier.Precision;\n\n";

    [Theory]
    [InlineData("[Dense(3, 4)]\npublic class A;", "[Dense(3, 4)]\npublic partial class A;")]
    [InlineData("[Dense(3, 4)]\n// why\nclass A { }", "[Dense(3, 4)]\n// why\npartial class A { }")]
    [InlineData("[Dense(3, 4)] sealed\n    class A;", "[Dense(3, 4)] sealed\n    partial class A;")]
    [InlineData("public struct Box\n{\n    [Dense(3, 4)]\n    public class A;\n}", "public partial struct Box\n{\n    [Dense(3, 4)]\n    public partial class A;\n}")]
    [InlineData("record R { class In { [Dense(3, 4)] partial class A; } }", "partial record R { partial class In { [Dense(3, 4)] partial class A; } }")]
    public async Task MakePartial_AddsTheWord(string before, string after) => await AssertFixed(new MakePartialCodeFix(), before, after);

    [Fact]
    public async Task MakePartial_FixesAll()
    {
        var after = await new CodeFixHarness(new MakePartialCodeFix()).FixAll(
            Opening + "class Outer\n{\n    [Dense(3, 4)] class A;\n    [Dense(4, 5)] partial class B;\n}\n\n[Dense(3, 4)]\nclass C;\n[Sequential(typeof(C))] class M;");
        Assert.Equal(
            Opening + "partial class Outer\n{\n    [Dense(3, 4)] partial class A;\n    [Dense(4, 5)] partial class B;\n}\n\n[Dense(3, 4)]\npartial class C;\n[Sequential(typeof(C))] partial class M;",
            after);
        await AssertClean(after);
    }

    [Theory]
    [InlineData("Prune(92.5)", "Prune(0.925)")]
    [InlineData("Prune(1)", "Prune(0.99)")]
    [InlineData("Prune(-0.5)", "Prune(0)")]
    [InlineData("Prune(sparsity: 90)", "Prune(sparsity: 0.9)")]
    [InlineData("Codebook(1)", "Codebook(2)")]
    [InlineData("Codebook(1000)", "Codebook(256)")]
    [InlineData("Quantize(Int8), Codebook(256)", "Quantize(Int8), Codebook(255)")]
    [InlineData("Quantize(Int4), Codebook(300)", "Quantize(Int4), Codebook(15)")]
    [InlineData("Quantize(Ternary), Codebook(4)", "Quantize(Ternary), Codebook(3)")]
    public async Task ReplaceNumber_TakesTheNearestThatFits(string before, string after) =>
        await AssertFixed(new ReplaceNumberCodeFix(), $"[Dense(90, 40), {before}] partial class A;", $"[Dense(90, 40), {after}] partial class A;");

    /// <summary>A percentage becomes a share; what another number was meant as nobody knows.</summary>
    [Fact]
    public async Task ReplaceNumber_MakesAShareOfAPercentage()
    {
        const string Before = "[Dense(3, 4)] partial class A; [Sequential(typeof(A)), AccuracyFloor(97.5)] partial class M;";
        Assert.Equal(Opening + Before.Replace("97.5", "0.975"), await new CodeFixHarness(new ReplaceNumberCodeFix()).FixFirst(Opening + Before));
    }

    [Fact]
    public async Task ReplaceNumber_FixesAll()
    {
        var after = await new CodeFixHarness(new ReplaceNumberCodeFix()).FixAll(
            Opening + "[Dense(3, 4), Prune(90), Codebook(0)] partial class A; [Dense(3, 4), Prune(80)] partial class B;");
        Assert.Equal(Opening + "[Dense(3, 4), Prune(0.9), Codebook(2)] partial class A; [Dense(3, 4), Prune(0.8)] partial class B;", after);
    }

    private static async Task AssertFixed(CodeFixProvider fix, string before, string after)
    {
        var program = await new CodeFixHarness(fix).FixFirst(Opening + before);
        Assert.Equal(Opening + after, program);
        await AssertClean(program);
    }

    private static async Task AssertClean(string program)
    {
        var compilation = TestCompilation.Relaxed(program);
        Assert.Empty((await AnalyzerHarness.Run(compilation)).Where(found => found.Severity > DiagnosticSeverity.Info));
        var run = new GeneratorHarness(compilation);
        Assert.NotEmpty(run.Files);
        Assert.Empty(run.Generated(compilation).GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
    }
}
