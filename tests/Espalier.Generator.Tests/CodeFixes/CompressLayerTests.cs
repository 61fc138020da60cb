using Espalier.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>What "Compress this layer" offers and writes.</summary>
public class CompressLayerTests
{
    private const string Static = "using static Espalier.Precision;";
    private const string Opening = "namespace N;\nusing Espalier;\n" + Static + "\n\n";
    private const string Hidden = "[Quantize(Int8), Prune(0.92), Codebook(16)]";

    private static readonly RefactoringHarness s_harness = new(new CompressLayerRefactoring());

    [Theory]
    [InlineData("[Dense(784, 300), Relu]\npublic partial class $$A;", "[Dense(784, 300), Relu]\n" + Hidden + "\npublic partial class A;")]
    [InlineData("[$$Dense(784, 300), Relu]\npublic partial class A;", "[Dense(784, 300), Relu]\n" + Hidden + "\npublic partial class A;")]
    [InlineData("/// <summary>x</summary>\n[Dense(784, 300)] // why\n[Relu] // too\n// below\npublic $$partial class A\n{\n}", "/// <summary>x</summary>\n[Dense(784, 300)] // why\n[Relu] // too\n" + Hidden + "\n// below\npublic partial class A\n{\n}")]
    [InlineData("partial class O\n{\n    [Dense(784, 300), Relu]\n    partial class $$A;\n}", "partial class O\n{\n    [Dense(784, 300), Relu]\n    " + Hidden + "\n    partial class A;\n}")]
    [InlineData("[Dense(784, 300), Relu] /* c */ partial class $$A;", "[Dense(784, 300), Relu, Quantize(Int8), Prune(0.92), Codebook(16)] /* c */ partial class A;")]
    [InlineData("[Dense(784, 300)] [Relu] partial class $$A;", "[Dense(784, 300), Quantize(Int8), Prune(0.92), Codebook(16)] [Relu] partial class A;")]
    [InlineData("[Dense(784, 300), Relu]\r\n\tpublic partial class $$A;\r\n", "[Dense(784, 300), Relu]\r\n[Quantize(Int8), Prune(0.92), Codebook(16)]\r\n\tpublic partial class A;\r\n")]
    [InlineData("[Dense(784, 300),\n Relu]\npublic partial class $$A;", "[Dense(784, 300),\n Relu]\n" + Hidden + "\npublic partial class A;")]
    public async Task Compress_AddsAttributes(string before, string after)
    {
        // The line ends of a file are those of its first line.
        var opening = before.Contains('\r') ? Opening.Replace("\n", "\r\n") : Opening;
        await AssertCompressed(opening + before, opening + after);
    }

    [Theory]
    [InlineData("using Espalier;\n\nnamespace N;\n\n$$L", "using Espalier;\n\nnamespace N;\n" + Static + "\n\nL")]
    [InlineData("using System;\nnamespace N;\nusing Espalier; // ours\n\n$$L", "using System;\nnamespace N;\nusing Espalier; // ours\n" + Static + "\n\nL")]
    [InlineData("using Espalier;\nnamespace N\n{\n$$L\n}", "using Espalier;\nnamespace N\n{\n" + Static + "\n\nL\n}")]
    [InlineData("using Espalier;\n\n$$L", "using Espalier;\n" + Static + "\n\nL")]
    [InlineData("using Espalier;\n" + Static + "\nnamespace N;\n$$L", "using Espalier;\n" + Static + "\nnamespace N;\nL")]
    public async Task Compress_AddsTheDirectiveThatIsMissing(string before, string after)
    {
        const string Layer = "[Dense(784, 300), Relu]\npublic partial class A;";
        await AssertCompressed(before.Replace("L", Layer), after.Replace("L", Layer.Replace("\n", "\n" + Hidden + "\n")));
    }

    [Fact]
    public async Task Compress_AddsBothDirectives() => await AssertCompressed(
        "// header\nnamespace N;\n\n[Espalier.Dense(784, 300), Espalier.Relu]\npartial class $$A;",
        "// header\nnamespace N;\nusing Espalier;\n" + Static + "\n\n[Espalier.Dense(784, 300), Espalier.Relu]\n" + Hidden + "\npartial class A;");

    /// <summary>Another's name is not taken for ours.</summary>
    [Fact]
    public async Task Compress_WritesFullNamesWhereOthersAreMeant() => await AssertCompressed(
        Opening + "class PruneAttribute : System.Attribute;\nenum Int8;\n[Dense(784, 300), Relu]\npartial class $$A;",
        Opening + "class PruneAttribute : System.Attribute;\nenum Int8;\n[Dense(784, 300), Relu]\n[Quantize(global::Espalier.Precision.Int8), global::Espalier.Prune(0.92), Codebook(16)]\npartial class A;");

    /// <summary>LeNet-300-100 gets the values that Deep Compression published.</summary>
    [Theory]
    [InlineData("[Dense(784, 300), Relu]", "0.92")]
    [InlineData("[Dense(300, 100), Relu]", "0.91")]
    [InlineData("[Dense(100, 10)]", "0.74")]
    [InlineData("[Dense(100, 10), Softmax]", "0.74")]
    [InlineData("[Dense(9216, 4096), Relu]", "0.92")]
    [InlineData("[Dense(4096, 1000)]", "0.74")]
    [InlineData("[Dense(64, 128), Relu]", "0.85")]
    public async Task Compress_ChoosesTheSparsityBySizeAndPlace(string attributes, string sparsity)
    {
        var after = await s_harness.Apply(0, Opening + attributes + "\npartial class $$A;");
        Assert.Contains($"[Quantize(Int8), Prune({sparsity}), Codebook(16)]", after[0]);
    }

    /// <summary>Where a model lists the layer its place counts, and not its activation.</summary>
    [Theory]
    [InlineData("[Dense(300, 100)]\npartial class $$A; [Dense(100, 3)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M;", "0.91")]
    [InlineData("[Dense(300, 100), Relu]\npartial class $$A; [Dense(5, 300)] partial class B; [Sequential(typeof(B), typeof(A))] partial class M;", "0.74")]
    public async Task Compress_KnowsThePlaceInAModel(string program, string sparsity) =>
        Assert.Contains($"Prune({sparsity})", (await s_harness.Apply(0, Opening + program))[0]);

    [Fact]
    public async Task Compress_OffersVariants()
    {
        const string Program = Opening + "[Dense(784, 300), Relu]\npartial class $$A;";
        Assert.Equal(
            ["Add [Quantize(Int8), Prune(0.92), Codebook(16)]", "Add [Quantize(Int8)]", "Add [Quantize(Int8), Prune(0.92)]", "Add [Prune(0.92)]"], await s_harness.Titles(Program));
        Assert.Equal(
            ["CompressLayerRefactoring.All", "CompressLayerRefactoring.Quantize", "CompressLayerRefactoring.QuantizeAndPrune", "CompressLayerRefactoring.Prune"],
            await s_harness.Keys(Program));
        foreach (var index in Enumerable.Range(0, 4))
        {
            await FixedProgram.AssertClean(await s_harness.Apply(index, Program));
        }
    }

    /// <summary>Pruning is not offered where the dense kernel stays the quicker one, nor a codebook that is bigger than what it replaces, nor sums that may overflow.</summary>
    [Theory]
    [InlineData("Dense(3, 4)", "Add [Quantize(Int8)]")]
    [InlineData("Dense(16, 8)", "Add [Quantize(Int8), Codebook(16)]|Add [Quantize(Int8)]")]
    [InlineData("Dense(100, 10)", "Add [Quantize(Int8), Prune(0.74), Codebook(16)]|Add [Quantize(Int8)]|Add [Quantize(Int8), Prune(0.74)]")]
    [InlineData("Dense(200000, 10), Relu", "Add [Prune(0.92)]")]
    public async Task Compress_OffersWhatWorks(string attributes, string titles)
    {
        var program = Opening + $"[{attributes}]\npartial class $$A;";
        Assert.Equal(titles.Split('|'), await s_harness.Titles(program));
        foreach (var index in Enumerable.Range(0, titles.Split('|').Length))
        {
            await FixedProgram.AssertClean(await s_harness.Apply(index, program));
        }
    }

    /// <summary>A class in two files is compressed where its layer attribute stands.</summary>
    [Fact]
    public async Task Compress_EditsThePartWithTheLayer()
    {
        const string Layer = "[Dense(784, 300), Relu]\npartial class A;";
        var after = await s_harness.Apply(0, "namespace N;\npartial class $$A { int x; }", Opening + Layer);
        Assert.Equal(["namespace N;\npartial class A { int x; }", Opening + Layer.Replace("\n", "\n" + Hidden + "\n")], after);
    }

    [Theory]
    [InlineData("[Dense(784, 300), Quantize(Int8)] partial class $$A;")]
    [InlineData("[Dense(784, 300), Prune(0.5)] partial class $$A;")]
    [InlineData("[Dense(784, 300)] partial class A { void $$M() { } }")]
    [InlineData("[Dense(0, 300)] partial class $$A;")]
    [InlineData("[Dense(784)] partial class $$A;")]
    [InlineData("[Dense(784, 300), Dense(784, 300)] partial class $$A;")]
    [InlineData("[System.Obsolete] partial class $$A;")]
    [InlineData("[Dense(784, 300)] partial class B; [Sequential(typeof(B))] partial class $$M;")]
    [InlineData("[Dense(784, 300)] partial class B; $$")]
    public async Task Compress_IsNotOffered(string program) => Assert.Empty(await s_harness.Titles(Opening + program));

    [Theory]
    [InlineData("A.g.cs", "")]
    [InlineData("A.Designer.cs", "")]
    [InlineData("A.cs", "// <auto-generated/>\n")]
    public async Task Compress_IsNotOfferedInGeneratedCode(string file, string header)
    {
        const string Program = Opening + "[Dense(784, 300), Relu]\npartial class $$A;";
        Assert.Empty(await s_harness.TitlesInFile(file, header + Program));
        Assert.NotEmpty(await s_harness.TitlesInFile("A.cs", Program));
    }

    private static async Task AssertCompressed(string before, string after)
    {
        var programs = await s_harness.Apply(0, before);
        Assert.Equal([after], programs);
        await FixedProgram.AssertClean(programs);
    }
}
