using Espalier.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>The number that the fix writes; the fixed program has no diagnostic of ours left and compiles with its generated half.</summary>
public class ReplaceNumberTests
{
    private const string Opening = "namespace N;\nusing Espalier;\nusing static Espalier.Precision;\n\n";

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
        await AssertFixed(new ReplaceNumberCodeFix(), $"[Dense(3, 4), {before}] partial class A;", $"[Dense(3, 4), {after}] partial class A;");

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

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task ReplaceNumber_FixesAllOfAScope(FixAllScope scope, int repaired)
    {
        string[] programs = [.. "ABC".Select(name => $"{Opening}[Dense(3, 4), Prune(90), Codebook(0)] partial class {name};")];
        using var solution = new TestSolution(programs[..2]).AddProject("Other", ("Program.cs", programs[2]));
        var after = await new CodeFixHarness(new ReplaceNumberCodeFix()).FixAll(solution, scope);
        Assert.Equal(programs.Select((program, i) => i < repaired ? program.Replace("90", "0.9").Replace("(0)", "(2)") : program), after);
    }

    [Fact]
    public async Task ReplaceNumber_KeepsWhatStandsAround()
    {
        const string Before = "[Dense(3, 4),\r\n    Prune( /* share */ 90 /* of all */ ), // why\r\n    Relu]\r\npartial class A;\r\n";
        Assert.Equal(Opening + Before.Replace("90", "0.9"), await new CodeFixHarness(new ReplaceNumberCodeFix()).FixFirst(Opening + Before));
    }

    private static async Task AssertFixed(CodeFixProvider fix, string before, string after)
    {
        var program = await new CodeFixHarness(fix).FixFirst(Opening + before);
        Assert.Equal(Opening + after, program);
        await FixedProgram.AssertClean(program);
    }
}
