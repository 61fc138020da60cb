using Espalier.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>Where the fix writes the word <c>partial</c>; the fixed program has no diagnostic of ours left and compiles with its generated half.</summary>
public class MakePartialTests
{
    private const string Opening = "namespace N;\nusing Espalier;\nusing static Espalier.Precision;\n\n";

    [Theory]
    [InlineData("[Dense(3, 4)]\npublic class A;", "[Dense(3, 4)]\npublic partial class A;")]
    [InlineData("[Dense(3, 4)]\n// why\nclass A { }", "[Dense(3, 4)]\n// why\npartial class A { }")]
    [InlineData("[Dense(3, 4)] sealed\n    class A;", "[Dense(3, 4)] sealed\n    partial class A;")]
    [InlineData("public struct Box\n{\n    [Dense(3, 4)]\n    public class A;\n}", "public partial struct Box\n{\n    [Dense(3, 4)]\n    public partial class A;\n}")]
    [InlineData("record R { class In { [Dense(3, 4)] partial class A; } }", "partial record R { partial class In { [Dense(3, 4)] partial class A; } }")]
    public async Task MakePartial_AddsTheWord(string before, string after) => await AssertFixed(before, after);

    [Fact]
    public async Task MakePartial_FixesAll()
    {
        var after = await new CodeFixHarness(new MakePartialCodeFix()).FixAll(
            Opening + "class Outer\n{\n    [Dense(3, 4)] class A;\n    [Dense(4, 5)] partial class B;\n}\n\n[Dense(3, 4)]\nclass C;\n[Sequential(typeof(C))] class M;");
        Assert.Equal(
            Opening + "partial class Outer\n{\n    [Dense(3, 4)] partial class A;\n    [Dense(4, 5)] partial class B;\n}\n\n[Dense(3, 4)]\npartial class C;\n[Sequential(typeof(C))] partial class M;",
            after);
        await FixedProgram.AssertClean(after);
    }

    /// <summary>The diagnostic stands on the class's first part, which may have the word; the part that lacks it is mended.</summary>
    [Theory]
    [InlineData("[Dense(3, 4)] partial class A;", "class A { public int X; }")]
    [InlineData("class A { public int X; }", "[Dense(3, 4)] partial class A;")]
    [InlineData("[Dense(3, 4)] class A;", "sealed partial class A { public int X; }")]
    [InlineData("partial class Outer { [Dense(3, 4)] partial class A; }", "static class Outer { partial class A { public int X; } }")]
    public async Task MakePartial_MendsThePartThatLacksTheWord(string first, string second)
    {
        using var solution = new TestSolution(Opening + first, Opening + second);
        await AssertPartsMended(first, second, await new CodeFixHarness(new MakePartialCodeFix()).FixFirst(solution));
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task MakePartial_FixesAllParts(FixAllScope scope)
    {
        const string First = "partial class Outer\n{\n    [Dense(3, 4)] class A;\n    [Dense(4, 5)] class B;\n}";
        const string Second = "class Outer\n{\n    partial class B { public int X; }\n}";
        using var solution = new TestSolution(Opening + First, Opening + Second);
        await AssertPartsMended(First, Second, await new CodeFixHarness(new MakePartialCodeFix()).FixAll(solution, scope));
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task MakePartial_FixesAllOfAScope(FixAllScope scope, int repaired)
    {
        string[] programs = [.. "ABC".Select(name => $"{Opening}[Dense(3, 4)] class {name}; [Dense(3, 4)] class {name}2;")];
        using var solution = new TestSolution(programs[..2]).AddProject("Other", ("Program.cs", programs[2]));
        var after = await new CodeFixHarness(new MakePartialCodeFix()).FixAll(solution, scope);
        Assert.Equal(programs.Select((program, i) => i < repaired ? program.Replace("class", "partial class") : program), after);
    }

    [Fact]
    public async Task MakePartial_KeepsLineEnds()
    {
        const string Before = "[Dense(3, 4)] // why\r\n\tpublic sealed\r\n\t\tclass A; // end\r\n";
        await AssertFixed(Before, Before.Replace("class", "partial class"));
    }

    private static async Task AssertPartsMended(string first, string second, string[] after)
    {
        string[] expected = [.. new[] { first, second }.Select(part => Opening + part.Replace("partial ", "").Replace("class", "partial class"))];
        Assert.Equal(expected, after);
        await FixedProgram.AssertClean(after);
    }

    private static async Task AssertFixed(string before, string after)
    {
        var program = await new CodeFixHarness(new MakePartialCodeFix()).FixFirst(Opening + before);
        Assert.Equal(Opening + after, program);
        await FixedProgram.AssertClean(program);
    }
}
