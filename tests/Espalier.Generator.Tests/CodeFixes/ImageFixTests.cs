using Espalier.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>Fixes of convolutions and of what belongs to layers; what they write compiles with its generated half.</summary>
public class ImageFixTests
{
    private const string Opening = "namespace N;\nusing Espalier;\nusing static Espalier.Precision;\n\n";

    [Theory]
    [InlineData("Conv2D(48, 64, 3, Groups = 32)", "Conv2D(48, 64, 3, Groups = 16)")]
    [InlineData("Conv2D(48, 7, 3, Groups = 4)", "Conv2D(48, 7, 3, Groups = 1)")]
    [InlineData("Conv2D(48, 8, 3, Padding = -2)", "Conv2D(48, 8, 3, Padding = 0)")]
    [InlineData("Conv2D(48, 8, 3), MaxPool(3, Padding = 2)", "Conv2D(48, 8, 3), MaxPool(3, Padding = 1)")]
    [InlineData("Conv2D(48, 8, 3), AveragePool(2, 7, PaddingWidth = 9)", "Conv2D(48, 8, 3), AveragePool(2, 7, PaddingWidth = 3)")]
    [InlineData("Conv2D(48, 8, 3), Dropout(50)", "Conv2D(48, 8, 3), Dropout(0.5)")]
    [InlineData("Conv2D(48, 8, 3), Dropout(rate: 1)", "Conv2D(48, 8, 3), Dropout(rate: 0.5)")]
    [InlineData("Conv2D(48, 8, 3), BatchNorm(Momentum = 90)", "Conv2D(48, 8, 3), BatchNorm(Momentum = 0.9)")]
    [InlineData("Conv2D(48, 8, 3), BatchNorm(Epsilon = 0, Momentum = 0.5)", "Conv2D(48, 8, 3), BatchNorm(Epsilon = 1e-5, Momentum = 0.5)")]
    [InlineData("Conv2D(48, 8, 3), LocalResponseNorm(5, K = -1)", "Conv2D(48, 8, 3), LocalResponseNorm(5, K = 1)")]
    public async Task ReplaceNumber_TakesWhatFits(string before, string after) =>
        await AssertFixed(new ReplaceNumberCodeFix(), $"[{before}] class A; {Model}", $"[{after}] class A; {Model}");

    [Theory]
    [InlineData("[Conv2D(48, 8, 3, Bias = true), BatchNorm] class A; ", "[Conv2D(48, 8, 3), BatchNorm] class A; ")]
    [InlineData("[Conv2D(48, 8, 3, Bias = true, Stride = 2), BatchNorm] class A; ", "[Conv2D(48, 8, 3, Stride = 2), BatchNorm] class A; ")]
    [InlineData("[Conv2D(48, 8, 3), BatchNorm, Quantize(Fp16, Accumulators = Fp16)] class A; ", "[Conv2D(48, 8, 3), BatchNorm, Quantize(Fp16)] class A; ")]
    public async Task RemoveArgument_LeavesTheRest(string before, string after) => await AssertFixed(new RemoveArgumentCodeFix(), before + Model, after + Model);

    [Theory]
    [InlineData("MaxPool(2), Prune(0.5)", "MaxPool(2)")]
    [InlineData("BatchNorm, GlobalAveragePool", "GlobalAveragePool")]
    [InlineData("Residual(typeof(B)), Codebook(16), Relu", "Residual(typeof(B)), Relu")]
    public async Task RemoveAttribute_OfAClassWithoutWeights(string before, string after)
    {
        const string Rest = "[Conv2D(48, 48, 1)] class B; " + Model;
        await AssertFixed(new RemoveAttributeCodeFix(), $"[{before}] class A; {Rest}", $"[{after}] class A; {Rest}");
    }

    [Theory]
    [InlineData("[Conv2D(48, 8, 3)] class A; [Conv2D(9, 8, 3)] class B; ", "[Conv2D(48, 8, 3)] class A; [Conv2D(8, 8, 3)] class B; ", "typeof(A), typeof(B)")]
    [InlineData("[Conv2D(outChannels: 8, inChannels: 3, kernel: 3)] class A; ", "[Conv2D(outChannels: 8, inChannels: 48, kernel: 3)] class A; ", "typeof(A)")]
    [InlineData("[Conv2D(48, 8, 1), MaxPool(3)] class A; [Dense(100, 3)] partial class B; ", "[Conv2D(48, 8, 1), MaxPool(3)] class A; [Dense(968, 3)] partial class B; ", "typeof(A), typeof(B)")]
    [InlineData("[Conv2D(48, 8, 1)] class A; [Concat(typeof(A), typeof(A))] class Two; [Conv2D(8, 8, 3)] class B; ", "[Conv2D(48, 8, 1)] class A; [Concat(typeof(A), typeof(A))] class Two; [Conv2D(16, 8, 3)] class B; ", "typeof(Two), typeof(B)")]
    public async Task SetInputs_CountsChannels(string before, string after, string listed)
    {
        var model = $"[Image(48, 33, 33), Sequential({listed})] partial class M;";
        await AssertFixed(new SetInputsCodeFix(), before + model, after + model);
    }

    /// <summary>The other place takes what the layer says.</summary>
    [Fact]
    public async Task SetInputs_BreaksNoOtherPlace()
    {
        using var solution = new TestSolution(Opening + "[Conv2D(8, 4, 3)] class A; [Conv2D(4, 8, 3)] class B; [Image(8, 33, 33), Sequential(typeof(A), typeof(B), typeof(B))] partial class M;");
        Assert.Empty(await new CodeFixHarness(new SetInputsCodeFix()).Offered(solution));
    }

    /// <summary>Refactorings of dense layers leave convolutions, blocks and models of images alone, and do not stumble over them.</summary>
    [Fact]
    public async Task Refactorings_LeaveImagesAlone()
    {
        var program = Sources.Images;
        for (var at = program.IndexOf("class ", StringComparison.Ordinal); at >= 0; at = program.IndexOf("class ", at + 1, StringComparison.Ordinal))
        {
            var marked = program.Insert(at, "$$");
            var isDense = program[at..].StartsWith("class Scores", StringComparison.Ordinal);
            Assert.Empty(await new RefactoringHarness(new SequentialRefactoring()).Titles(marked));
            Assert.Equal(isDense, (await new RefactoringHarness(new CompressLayerRefactoring()).Titles(marked)).Length > 0);
        }
    }

    private const string Model = "[Image(48, 33, 33), Sequential(typeof(A))] partial class M;";

    private static async Task AssertFixed(CodeFixProvider fix, string before, string after)
    {
        var program = await new CodeFixHarness(fix).FixFirst(Opening + before);
        Assert.Equal(Opening + after, program);
        await FixedProgram.AssertClean(program);
    }
}
