using Espalier.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>The repairs of CS0229, which the compiler reports for <c>Int16</c> and <c>Int32</c>; what is repaired compiles.</summary>
public class AmbiguousPrecisionTests
{
    private const string Static = "using static Espalier.Precision;";
    private const string Layer = "[Dense(3, 4), Quantize(Int16)]\npublic partial class A;\n";

    [Theory]
    [InlineData("using Espalier;\n" + Static + "\n\nnamespace N;\n\n" + Layer, "using Espalier;\n\nnamespace N;\n" + Static + "\n\n" + Layer)]
    [InlineData("// header\n" + Static + " // why\n\nnamespace N;\nusing Espalier;\n\n" + Layer, "// header\n\nnamespace N;\nusing Espalier;\n" + Static + "\n\n" + Layer)]
    [InlineData(Static + "\n\nnamespace N;\nusing Espalier; // ours\n" + Layer, "namespace N;\nusing Espalier; // ours\n" + Static + "\n" + Layer)]
    [InlineData("using Espalier;\n" + Static + "\nnamespace N;\n" + Layer, "using Espalier;\nnamespace N;\n" + Static + "\n\n" + Layer)]
    [InlineData(
        "using Espalier;\n" + Static + "\n\nnamespace N\n{\n    [Dense(3, 4), Quantize(Int16)]\n    partial class A;\n}\n",
        "using Espalier;\n\nnamespace N\n{\n    " + Static + "\n\n    [Dense(3, 4), Quantize(Int16)]\n    partial class A;\n}\n")]
    [InlineData(
        "using Espalier; using static Espalier.Precision; namespace N; [Dense(3, 4), Quantize(Int16)] partial class A;",
        "using Espalier; namespace N; using static Espalier.Precision; [Dense(3, 4), Quantize(Int16)] partial class A;")]
    public async Task Move_PutsTheDirectiveIntoTheNamespace(string before, string after)
    {
        var harness = new CodeFixHarness(new AmbiguousPrecisionCodeFix(), AmbiguousPrecisionCodeFix.Move);
        var fixedProgram = await harness.FixFirst(before);
        Assert.Equal(after, fixedProgram);
        Assert.Equal(after, await harness.FixAll(before));
        await FixedProgram.AssertClean(fixedProgram);
    }

    [Fact]
    public async Task Move_KeepsLineEnds()
    {
        const string Before = "using Espalier;\r\n" + Static + "\r\n\r\nnamespace N\r\n{\r\n\t[Dense(3, 4), Quantize(Int16)] // why\r\n\tpartial class A;\r\n}\r\n";
        const string After = "using Espalier;\r\n\r\nnamespace N\r\n{\r\n\t" + Static + "\r\n\r\n\t[Dense(3, 4), Quantize(Int16)] // why\r\n\tpartial class A;\r\n}\r\n";
        Assert.Equal(After, await new CodeFixHarness(new AmbiguousPrecisionCodeFix(), AmbiguousPrecisionCodeFix.Move).FixFirst(Before));
    }

    /// <summary>Each namespace with a precision gets the directive; the others, and the types of System in them, stay as they are.</summary>
    [Fact]
    public async Task Move_ServesEveryNamespaceOfAFile()
    {
        const string One = "namespace One\n{\n[Dense(3, 4), Quantize(Int16)] partial class A { Int16 x; }\n}\n";
        const string Two = "namespace Two\n{\n[Dense(3, 4), Quantize(Int8)] partial class B;\n}\n";
        const string Three = "namespace Three\n{\nclass C { Int32 x = Int32.Parse(\"3\"); }\n}\n";
        var after = await new CodeFixHarness(new AmbiguousPrecisionCodeFix(), AmbiguousPrecisionCodeFix.Move)
            .FixFirst("using Espalier;\n" + Static + "\n" + One + Two + Three);
        Assert.Equal("using Espalier;\n" + WithDirective(One) + WithDirective(Two) + Three, after);
        await FixedProgram.AssertClean(after);
    }

    /// <summary>A class outside all namespaces still needs the directive above.</summary>
    [Fact]
    public async Task Move_LeavesTheDirectiveWhereItIsNeeded()
    {
        const string One = "namespace One\n{\n[Dense(3, 4), Quantize(Int16)] partial class A;\n}\n";
        const string Outside = "[Dense(3, 4), Quantize(Int8)] partial class B;\n";
        var after = await new CodeFixHarness(new AmbiguousPrecisionCodeFix(), AmbiguousPrecisionCodeFix.Move).FixFirst("using Espalier;\n" + Static + "\n" + One + Outside);
        Assert.Equal("using Espalier;\n" + Static + "\n" + WithDirective(One) + Outside, after);
        await FixedProgram.AssertClean(after);
    }

    /// <summary>What another file imports for the whole project stays; the namespace comes before it.</summary>
    [Fact]
    public async Task Move_AnswersAGlobalDirective()
    {
        const string Globals = "global using Espalier;\nglobal " + Static;
        using var solution = new TestSolution("namespace N;\n\n" + Layer, Globals);
        var after = await new CodeFixHarness(new AmbiguousPrecisionCodeFix(), AmbiguousPrecisionCodeFix.Move).FixFirst(solution);
        Assert.Equal(["namespace N;\n" + Static + "\n\n" + Layer, Globals], after);
        await FixedProgram.AssertClean(after);
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task Move_FixesAllOfAScope(FixAllScope scope, int repaired)
    {
        string[] programs = [.. "ABC".Select(name => "using Espalier;\n" + Static + "\nnamespace N;\n" + Layer.Replace("class A", "class " + name))];
        using var solution = new TestSolution(programs[..2]).AddProject("Other", ("Program.cs", programs[2]));
        var after = await new CodeFixHarness(new AmbiguousPrecisionCodeFix(), AmbiguousPrecisionCodeFix.Move).FixAll(solution, scope);
        Assert.Equal(
            programs.Select((program, i) => i < repaired ? program.Replace(Static + "\nnamespace N;\n", "namespace N;\n" + Static + "\n\n") : program), after);
    }

    [Theory]
    [InlineData("using Espalier;\n" + Static + "\n[Dense(3, 4), Quantize(Int16)] partial class A;", "Precision.Int16")]
    [InlineData(Static + "\n[Espalier.Dense(3, 4), Espalier.Quantize(Int16)] partial class A;", "Espalier.Precision.Int16")]
    [InlineData("namespace N\n{\nusing System;\nusing Espalier;\n" + Static + "\n[Dense(3, 4), Quantize(Int16)] partial class A;\n}", "Precision.Int16")]
    public async Task Qualify_HelpsWhereMovingCannot(string before, string name)
    {
        var harness = new CodeFixHarness(new AmbiguousPrecisionCodeFix());
        using var solution = new TestSolution(before);
        Assert.Equal([AmbiguousPrecisionCodeFix.Qualify], (await harness.Offered(solution)).Select(action => action.EquivalenceKey));
        var after = await harness.FixFirst(before);
        Assert.Equal(before.Replace("Int16", name), after);
        await FixedProgram.AssertClean(after);
    }

    [Fact]
    public async Task Qualify_FixesAll()
    {
        const string Before = "using Espalier;\n" + Static + "\nnamespace N;\n[Dense(3, 4), Quantize(Int16, Accumulators = Int32), Prune(0.5)] partial class A;\n" + Layer;
        var after = await new CodeFixHarness(new AmbiguousPrecisionCodeFix(), AmbiguousPrecisionCodeFix.Qualify).FixAll(Before);
        Assert.Equal(Before.Replace("(Int16", "(Precision.Int16").Replace(" Int32", " Precision.Int32"), after);
    }

    /// <summary>The compiler has the same id for other ambiguities, and nobody edits what a tool writes.</summary>
    [Theory]
    [InlineData("using static N.One; using static N.Two; namespace N; static class One { public const int X = 1; } static class Two { public const int X = 1; } class C { int y = X; }")]
    [InlineData("// <auto-generated/>\nusing Espalier;\n" + Static + "\nnamespace N;\n" + Layer)]
    public async Task NothingIsOffered_Elsewhere(string program)
    {
        using var solution = new TestSolution(program);
        Assert.Contains(await TestSolution.Diagnose(solution.Documents[0].Project), found => found.Id == "CS0229");
        Assert.Empty(await new CodeFixHarness(new AmbiguousPrecisionCodeFix()).Offered(solution));
    }

    private static string WithDirective(string space) => space.Replace("{\n[", "{\n" + Static + "\n\n[");
}
