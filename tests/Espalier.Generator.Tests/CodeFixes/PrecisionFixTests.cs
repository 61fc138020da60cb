using Espalier.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.Generator.Tests;

/// <summary>What the fixes of the precision rules write; the fixed program has no warning of ours left and compiles with its generated half.</summary>
public class PrecisionFixTests
{
    private const string Opening = "namespace N;\nusing Espalier;\nusing static Espalier.Precision;\n\n";
    private const string Model = " [Sequential(typeof(A)), Train(LearningRate = 0.001)] partial class M;";

    [Theory]
    [InlineData("Quantize(Int8, Accumulators = Int16)", "Quantize(Int8, Accumulators = Int32)")]
    [InlineData("Quantize(Int16, Accumulators = Precision.Int32)", "Quantize(Int16, Accumulators = Precision.Fp32)")]
    [InlineData("Quantize(Int16, Accumulators = (Precision)3, MasterWeights = false)", "Quantize(Int16, Accumulators = Fp32, MasterWeights = false)")]
    [InlineData("Quantize(Int8, Accumulators = Sums.Of)", "Quantize(Int8, Accumulators = Int32)")]
    public async Task WidenAccumulator_TakesWhatKernelsAddIn(string before, string after) => await AssertFixed(
        new WidenAccumulatorCodeFix(), $"static class Sums {{ public const Precision Of = Int16; }} [Dense(30, 4), {before}] partial class A;", $"static class Sums {{ public const Precision Of = Int16; }} [Dense(30, 4), {after}] partial class A;");

    [Fact]
    public async Task WidenAccumulator_FixesAll() => await AssertAllFixed(
        new WidenAccumulatorCodeFix(),
        "[Dense(30, 4), Quantize(Int8, Accumulators = Int16)] partial class A; [Dense(30, 4), Quantize(Fp16, Accumulators = Int32)] partial class B;",
        "[Dense(30, 4), Quantize(Int8, Accumulators = Int32)] partial class A; [Dense(30, 4), Quantize(Fp16, Accumulators = Fp32)] partial class B;");

    [Theory]
    [InlineData("Quantize(Fp32, MasterWeights = false)", "Quantize(Fp32)")]
    [InlineData("Quantize(Int8, Rounding = Rounding.Nearest, Gradients = Bf16)", "Quantize(Int8, Gradients = Bf16)")]
    [InlineData("Quantize(Int8, Inputs = Fp32)", "Quantize(Int8)")]
    [InlineData("Quantize(Int8, /* why */ Accumulators = Fp32)", "Quantize(Int8)")]
    [InlineData("Quantize(Int4), Codebook(8, CentroidPrecision = Int8)", "Quantize(Int4), Codebook(8)")]
    public async Task RemoveArgument_LeavesTheRest(string before, string after) =>
        await AssertFixed(new RemoveArgumentCodeFix(), $"[Dense(60, 40), {before}] partial class A;", $"[Dense(60, 40), {after}] partial class A;");

    [Fact]
    public async Task RemoveArgument_FixesAll() => await AssertAllFixed(
        new RemoveArgumentCodeFix(),
        "[Dense(60, 40), Quantize(Int8, Rounding = Rounding.Nearest, PerChannel = true), Codebook(16, CentroidPrecision = Int4)] partial class A; [Dense(3, 4), Quantize(Fp16, Inputs = Int8)] partial class B;",
        "[Dense(60, 40), Quantize(Int8), Codebook(16)] partial class A; [Dense(3, 4), Quantize(Fp16)] partial class B;");

    [Theory]
    [InlineData("Rounding.Nearest", "Rounding.Stochastic")]
    [InlineData("Espalier.Rounding.Nearest", "Espalier.Rounding.Stochastic")]
    [InlineData("default", "Rounding.Stochastic")]
    public async Task RoundStochastically_MendsTheListedLayer(string before, string after) => await AssertFixed(
        new RoundStochasticallyCodeFix(),
        $"[Dense(3, 4), Quantize(Int8, MasterWeights = false, Rounding = {before})] partial class A;{Model}",
        $"[Dense(3, 4), Quantize(Int8, MasterWeights = false, Rounding = {after})] partial class A;{Model}");

    [Fact]
    public async Task RoundStochastically_FixesAll()
    {
        const string Before = "[Dense(3, 3), Quantize(Int8, MasterWeights = false, Rounding = Rounding.Nearest)] partial class A; [Dense(3, 3), Quantize(Int4, MasterWeights = false, Rounding = Rounding.Nearest)] partial class B; [Sequential(typeof(A), typeof(B), typeof(A))] partial class M;";
        await AssertAllFixed(new RoundStochasticallyCodeFix(), Before, Before.Replace("Nearest", "Stochastic"));
    }

    /// <summary>Models and layers are often files of their own.</summary>
    [Fact]
    public async Task RoundStochastically_MendsALayerInAnotherDocument()
    {
        const string Layer = Opening + "[Dense(3, 4), Quantize(Int8, MasterWeights = false, Rounding = Rounding.Nearest)] partial class A;";
        using var workspace = new AdhocWorkspace();
        var empty = TestCompilation.Relaxed();
        var project = workspace.AddProject("Consumer", LanguageNames.CSharp)
            .WithCompilationOptions(empty.Options).WithParseOptions(TestCompilation.ParseOptions).WithMetadataReferences(empty.References);
        var layer = project.AddDocument("Layer.cs", Layer);
        var model = layer.Project.AddDocument("Model.cs", Opening + Model);
        var found = Assert.Single(await AnalyzerHarness.Run((await model.Project.GetCompilationAsync())!), diagnostic => diagnostic.Id == "ESP0306");
        CodeAction? offered = null;
        await new RoundStochasticallyCodeFix().RegisterCodeFixesAsync(new CodeFixContext(model, found, (action, _) => offered = action, CancellationToken.None));
        Assert.Equal("Round the updates of A stochastically", offered!.Title);
        var change = Assert.Single((await offered.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        Assert.Equal(Layer.Replace("Nearest", "Stochastic"), (await change.ChangedSolution.GetDocument(layer.Id)!.GetTextAsync()).ToString());
    }

    [Fact]
    public async Task RemoveOutputs_MendsTheListedLayer() => await AssertFixed(
        new RemoveOutputsCodeFix(),
        "[Dense(3, 4), Quantize(Int8, Outputs = Int4)] partial class A; [Dense(4, 4), Quantize(Int8)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M;",
        "[Dense(3, 4), Quantize(Int8)] partial class A; [Dense(4, 4), Quantize(Int8)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M;");

    [Theory]
    [InlineData("[Sequential(typeof(A))]", "[Sequential(typeof(A)), Train(DynamicLossScaling = true)]")]
    [InlineData("[Sequential(typeof(A))]\n[AccuracyFloor(0.9)]", "[Sequential(typeof(A)), Train(DynamicLossScaling = true)]\n[AccuracyFloor(0.9)]")]
    [InlineData("[Train(Epochs = 3)]\n[Sequential(typeof(A))]", "[Train(Epochs = 3, DynamicLossScaling = true)]\n[Sequential(typeof(A))]")]
    [InlineData("[Train]\n[Sequential(typeof(A))]", "[Train(DynamicLossScaling = true)]\n[Sequential(typeof(A))]")]
    [InlineData("[Sequential(typeof(A)), Train(DynamicLossScaling = false, Epochs = 3)]", "[Sequential(typeof(A)), Train(Epochs = 3, DynamicLossScaling = true)]")]
    [InlineData("[Sequential(typeof(A)), Train(LossScaling = 1e9)]", "[Sequential(typeof(A)), Train(DynamicLossScaling = true)]")]
    [InlineData("[Sequential(typeof(A)), Train(LossScaling = 1e-9, Epochs = 3, DynamicLossScaling = false)]", "[Sequential(typeof(A)), Train(Epochs = 3, DynamicLossScaling = true)]")]
    public async Task ScaleLoss_FollowsTheGradients(string before, string after)
    {
        const string Layer = "[Dense(3, 4), Quantize(Fp16, Gradients = Fp16)] partial class A;\n";
        await AssertFixed(new ScaleLossCodeFix(), $"{Layer}{before}\npartial class M;", $"{Layer}{after}\npartial class M;");
    }

    [Fact]
    public async Task ScaleLoss_FindsTrainInAnotherPart()
    {
        const string Layer = "[Dense(3, 4), Quantize(Fp16, Gradients = Fp16)] partial class A;\n";
        await AssertFixed(new ScaleLossCodeFix(), $"{Layer}[Sequential(typeof(A))] partial class M;\n[Train(Epochs = 3)] partial class M;", $"{Layer}[Sequential(typeof(A))] partial class M;\n[Train(Epochs = 3, DynamicLossScaling = true)] partial class M;");
    }

    [Fact]
    public async Task ScaleLoss_FixesAll() => await AssertAllFixed(
        new ScaleLossCodeFix(),
        "[Dense(3, 4), Quantize(Fp16, Gradients = Fp16)] partial class A; [Sequential(typeof(A))] partial class M; [Sequential(typeof(A)), Train(LossScaling = 1e9)] partial class N2;",
        "[Dense(3, 4), Quantize(Fp16, Gradients = Fp16)] partial class A; [Sequential(typeof(A)), Train(DynamicLossScaling = true)] partial class M; [Sequential(typeof(A)), Train(DynamicLossScaling = true)] partial class N2;");

    private static async Task AssertFixed(CodeFixProvider fix, string before, string after)
    {
        var program = await new CodeFixHarness(fix).FixFirst(Opening + before);
        Assert.Equal(Opening + after, program);
        await AssertClean(program);
    }

    private static async Task AssertAllFixed(CodeFixProvider fix, string before, string after)
    {
        var program = await new CodeFixHarness(fix).FixAll(Opening + before);
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
