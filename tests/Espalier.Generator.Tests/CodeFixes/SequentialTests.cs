using Espalier.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>What "Turn this chain of layers into a Sequential model" offers and writes.</summary>
public class SequentialTests
{
    private const string Opening = "namespace N;\nusing Espalier;\n\n";
    private const string Layers = "[Dense(4, 3), Relu]\npublic partial class A;\n\n[Dense(3, 5)]\npublic partial class B;\n\n[Dense(5, 2)]\npublic partial class C;\n";
    private const string Model = "\n[Sequential(typeof(A), typeof(B), typeof(C))]\npublic partial class NNetwork;\n";

    private static readonly RefactoringHarness s_harness = new(new SequentialRefactoring());

    [Theory]
    [InlineData("class A")]
    [InlineData("class B")]
    [InlineData("class C")]
    [InlineData("Dense(3, 5)")]
    public async Task Sequential_TakesTheChainAroundTheCaret(string place) =>
        await AssertModel(Opening + Layers.Replace(place, "$$" + place), Opening + Layers + Model);

    [Fact]
    public async Task Sequential_KeepsLineEndsAndComments() => await AssertModel(
        (Opening + Layers.Replace("class A", "$$class A").Replace("class C;", "class C; // last")).Replace("\n", "\r\n"),
        (Opening + Layers.Replace("class C;", "class C; // last") + Model).Replace("\n", "\r\n"));

    [Fact]
    public async Task Sequential_WritesIntoBlocks() => await AssertModel(
        "namespace N\n{\n    using Espalier;\n    static partial class O\n    {\n        [Dense(4, 3)]\n        partial class $$A { }\n        [Dense(3, 2)]\n        partial class B { }\n    }\n}\n",
        "namespace N\n{\n    using Espalier;\n    static partial class O\n    {\n        [Dense(4, 3)]\n        partial class A { }\n        [Dense(3, 2)]\n        partial class B { }\n\n        [Sequential(typeof(A), typeof(B))]\n        partial class ONetwork;\n    }\n}\n");

    [Fact]
    public async Task Sequential_AddsTheDirective() => await AssertModel(
        "namespace N;\n\n[Espalier.Dense(4, 3)] partial class $$A;\n[Espalier.Dense(3, 2)] partial class B;",
        "namespace N;\nusing Espalier;\n\n[Espalier.Dense(4, 3)] partial class A;\n[Espalier.Dense(3, 2)] partial class B;\n\n[Sequential(typeof(A), typeof(B))]\npartial class NNetwork;");

    /// <summary>The chain ends before a misfit and before a layer that a model has; where shapes leave a choice the order of the source decides.</summary>
    [Theory]
    [InlineData("[Dense(4, 3)] partial class $$A; [Dense(3, 2)] partial class B; [Dense(9, 2)] partial class C;", "A,B")]
    [InlineData("[Dense(4, 9)] partial class A; [Dense(3, 2)] partial class B; [Dense(2, 2)] partial class $$C;", "B,C")]
    [InlineData("[Dense(4, 3)] partial class A; [Dense(3, 2)] partial class $$B; [Dense(2, 5)] partial class C; [Sequential(typeof(C))] partial class M;", "A,B")]
    [InlineData("[Dense(4, 3)] partial class A; [Dense(3, 2)] partial class B; [Dense(2, 5)] partial class $$C; [Dense(5, 5)] partial class D; [Sequential(typeof(A), typeof(B))] partial class M;", "C,D")]
    [InlineData("[Dense(3, 3)] partial class A; [Dense(3, 3)] partial class $$B; [Dense(3, 3)] partial class C;", "A,B,C")]
    [InlineData("[Dense(4, 3)] partial class $$A; class Between; enum Too; [Dense(3, 2)] partial class B;", "A,B")]
    [InlineData("[Dense(4, 3)] partial class $$A; partial class O { [Dense(3, 9)] partial class X; } [Dense(3, 2)] partial class B;", "A,B")]
    public async Task Sequential_EndsWhereTheChainEnds(string program, string layers)
    {
        var after = await s_harness.Apply(0, Opening + program);
        Assert.Contains("[Sequential(" + string.Join(", ", layers.Split(',').Select(layer => $"typeof({layer})")) + ")]\npartial class NNetwork;", after[0]);
        await FixedProgram.AssertClean(after);
    }

    [Theory]
    [InlineData("LeNetHidden", "LeNetLogits", "", "LeNet")]
    [InlineData("Hidden1", "Hidden2", "", "Hidden")]
    [InlineData("Layer1", "Layer", "", "NNetwork")]
    [InlineData("Encode", "Encrypt", "", "NNetwork")]
    [InlineData("LeNetHidden", "LeNetLogits", "class LeNet;", "LeNet2")]
    [InlineData("LeNetHidden", "LeNetLogits", "class LeNet; class LeNet2;", "LeNet3")]
    [InlineData("First", "Second", "class NNetwork;", "NNetwork2")]
    public async Task Sequential_NamesTheModel(string first, string second, string other, string name)
    {
        var after = await s_harness.Apply(0, Opening + $"{other}[Dense(4, 3)] partial class $${first}; [Dense(3, 2)] partial class {second};");
        Assert.Contains($"]\npartial class {name};", after[0]);
        await FixedProgram.AssertClean(after);
    }

    [Theory]
    [InlineData("public", "internal", "internal ")]
    [InlineData("public", "public", "public ")]
    [InlineData("", "public", "")]
    public async Task Sequential_IsAsHiddenAsItsLayers(string first, string second, string model)
    {
        var after = await s_harness.Apply(0, Opening + $"[Dense(4, 3)] {first} partial class $$A; [Dense(3, 2)] {second} sealed partial class B;");
        Assert.Contains($"]\n{model}partial class NNetwork;", after[0]);
        await FixedProgram.AssertClean(after);
    }

    [Theory]
    [InlineData("[Dense(4, 3)] partial class $$A;")]
    [InlineData("[Dense(4, 3)] partial class $$A; [Dense(4, 3)] partial class B;")]
    [InlineData("[Dense(4, 3)] partial class $$A; [Dense(3, 3)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M;")]
    [InlineData("[Dense(4, 3)] partial class A; [Dense(3, 3)] partial class B; [Sequential] partial class $$M;")]
    [InlineData("[Dense(4, 3)] partial class A { int $$x; } [Dense(3, 3)] partial class B;")]
    public async Task Sequential_IsNotOffered(string program) => Assert.Empty(await s_harness.Titles(Opening + program));

    [Fact]
    public async Task Sequential_IsNotOfferedInGeneratedCode()
    {
        var program = Opening + Layers.Replace("class A", "$$class A");
        Assert.Empty(await s_harness.TitlesInFile("A.generated.cs", program));
        Assert.Equal(["Turn this chain of 3 layers into the Sequential model 'NNetwork'"], await s_harness.TitlesInFile("A.cs", program));
        Assert.Equal(["SequentialRefactoring"], await s_harness.Keys(program));
    }

    private static async Task AssertModel(string before, string after)
    {
        var programs = await s_harness.Apply(0, before);
        Assert.Equal([after], programs);
        await FixedProgram.AssertClean(programs);
    }
}
