using Espalier.Generator.Annotations;
using Espalier.Generator.Emit;
using Espalier.Generator.Pipeline;
using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>What the transforms read from attributes.</summary>
public class AnnotationTests
{
    private static LayerDefinition Read(string attributes) =>
        Assert.Single(Run($"{attributes} public partial class Layer;").Values<LayerAnnotation>(TrackingNames.Layers)).Definition;

    private static GeneratorHarness Run(string body) =>
        new(TestCompilation.Of("namespace N; using Espalier; using static Espalier.Precision;\n" + body));

    [Fact]
    public void ReadmeModel_IsReadInOrder()
    {
        var model = Assert.Single(new GeneratorHarness(TestCompilation.Of(Sources.LeNet300)).Values<ModelAnnotation>(TrackingNames.Models));
        Assert.Equal("Digits.LeNet300", model.Type.FullName);
        Assert.Equal(["0/Hidden1", "1/Hidden2", "2/Logits"], model.Layers.Select(layer => layer.Path));
        Assert.Equal([784, 300, 100], model.Layers.Select(layer => layer.Definition.Inputs));
        Assert.Null(model.AccuracyFloor);
        Assert.Equal(new TrainAnnotation(null, null, null, null), model.Train);
    }

    [Fact]
    public void PlainDense_ComputesInFp32()
    {
        var layer = Read("[Dense(3, 4)]");
        Assert.Equal((3, 4, true, ActivationKind.None), (layer.Inputs, layer.Outputs, layer.Bias, layer.Activation));
        Assert.Equal(QuantizeDefinition.Fp32, layer.Quantize);
        Assert.Null(layer.Prune);
        Assert.Null(layer.Codebook);
    }

    [Fact]
    public void NamedArguments_WinOverDefaults()
    {
        var layer = Read("""
            [Dense(outputs: 4, inputs: 3, Bias = false), Tanh]
            [Quantize(Int4, Inputs = Int4, Outputs = Fp32, Accumulators = Bf16, Gradients = Fp16, Rounding = Rounding.Stochastic, MasterWeights = false, PerChannel = true)]
            [Prune(1 / 2.0, Schedule = PruningSchedule.OneShot), Codebook(8, CentroidPrecision = Int8)]
            """);
        Assert.Equal((3, 4, false, ActivationKind.Tanh), (layer.Inputs, layer.Outputs, layer.Bias, layer.Activation));
        Assert.Equal(
            new QuantizeDefinition(true, NumberFormat.Int4, NumberFormat.Int4, NumberFormat.Fp32, NumberFormat.Bf16, NumberFormat.Fp16, true, false, true),
            layer.Quantize);
        Assert.Equal(new PruneDefinition(0.5, false), layer.Prune);
        Assert.Equal(new CodebookDefinition(8, NumberFormat.Int8), layer.Codebook);
    }

    [Fact]
    public void WholeNumber_IsASparsity() => Assert.Equal(new PruneDefinition(0, true), Read("[Dense(3, 4), Prune(0)]").Prune);

    [Theory]
    [InlineData("Prune(0.5, Structure = SparsityStructure.Grouped)", 4, 0.5, "Prune(0.5,Gradual,GroupSize=4)")]
    [InlineData("Prune(0.67, Structure = SparsityStructure.Grouped, GroupSize = 3)", 3, 1.0 / 3, "Prune(0.67,Gradual,GroupSize=3)")]
    [InlineData("Prune(0.5, Structure = SparsityStructure.Unstructured)", 0, 0.5, "Prune(0.5,Gradual)")]
    public void Groups_AreReadAndTheirDensityIsExact(string prune, int size, double density, string text)
    {
        var layer = Read($"[Dense(12, 4), {prune}]");
        Assert.Equal(size, layer.Prune!.GroupSize);
        Assert.Equal(density, layer.ExpectedDensity);
        Assert.Contains(text, DefinitionText.Of(layer));
    }

    [Theory]
    [InlineData("[Dense(3, 4), Codebook(16)]", NumberFormat.Fp16)]
    [InlineData("[Dense(3, 4), Quantize(Int8), Codebook(16)]", NumberFormat.Int8)]
    [InlineData("[Dense(3, 4), Quantize(Int4), Codebook(8)]", NumberFormat.Int4)]
    [InlineData("[Dense(3, 4), Quantize(Int8, Inputs = Fp32), Codebook(16)]", NumberFormat.Fp16)]
    internal void Centroids_TakeThePrecisionThatFits(string attributes, NumberFormat expected) =>
        Assert.Equal(expected, Read(attributes).Codebook!.CentroidFormat);

    [Fact]
    public void ModelAttributes_AreRead()
    {
        var run = Run("""
            [Dense(3, 4)] public partial class A;
            [Sequential(typeof(A)), Train(LearningRate = 0.5, BatchSize = 7, Epochs = 9, LossScaling = 2, DynamicLossScaling = true, PruningScope = PruningScope.Global), AccuracyFloor(0.98), Coding(CodingGoal.FastStart)]
            public partial class M;
            """);
        var model = Assert.Single(run.Values<ModelAnnotation>(TrackingNames.Models));
        Assert.Equal(new TrainAnnotation(0.5, 7, 9, 2, true, 1), model.Train);
        Assert.Equal(0.98, model.AccuracyFloor);
        Assert.True(model.FastStart);
    }

    [Fact]
    public void AttributesOfAllParts_BelongToTheClass()
    {
        var run = Run("[Dense(3, 4)] public partial class A; [Prune(0.5)] partial class A; [Relu] partial class A;");
        var layer = Assert.Single(run.Values<LayerAnnotation>(TrackingNames.Layers)).Definition;
        Assert.Equal(0.5, layer.Prune!.Sparsity);
        Assert.Equal(ActivationKind.Relu, layer.Activation);
    }

    [Fact]
    public void NestedClass_KnowsItsEnclosingTypes()
    {
        var run = Run("""
            public partial interface I { public partial record R { public partial struct S { internal partial record struct T { public partial class C {
            [Dense(3, 4)] public partial class A; } } } } }
            """);
        var type = Assert.Single(run.Values<LayerAnnotation>(TrackingNames.Layers)).Type;
        Assert.Equal(["interface I", "record R", "struct S", "record struct T", "class C"], type.Enclosing);
        Assert.Equal("N.I+R+S+T+C+A", type.FullName);
        Assert.False(type.IsPublic);
    }

    [Fact]
    public void SameClassTwice_HasTwoPlacesAndSharesKernels()
    {
        var run = Run("[Dense(8, 8)] public partial class A; [Sequential(typeof(A), typeof(A))] public partial class M; [Sequential(typeof(A))] public partial class K;");
        var models = run.Values<ModelTarget>(TrackingNames.ModelTargets);
        Assert.Equal(["0/A", "1/A"], models[0].Annotation.Layers.Select(layer => layer.Path));
        Assert.Equal(2, models[0].Plans.Count);
        Assert.Equal(models[0].Plans[1], models[1].Plans[0]);
        var kernels = run.Values<LayerPlan>(TrackingNames.Kernels);
        Assert.Equal(kernels.Distinct(), kernels);
    }

    [Fact]
    public void LayersOfAnotherAssembly_AreReadFromMetadata()
    {
        var library = TestCompilation.Named("Library", [], Sources.LeNet300).ToReference();
        var consumer = TestCompilation.Named("Consumer", [library], """
            [Espalier.Sequential(typeof(Digits.Hidden1), typeof(Digits.Hidden2), typeof(Digits.Logits))] internal partial class Again;
            """);
        var run = new GeneratorHarness(consumer);
        var here = new GeneratorHarness(TestCompilation.Of(Sources.LeNet300));
        Assert.Empty(run.Values<LayerAnnotation>(TrackingNames.Layers));
        Assert.Equal(
            Assert.Single(here.Values<ModelAnnotation>(TrackingNames.Models)).Layers,
            Assert.Single(run.Values<ModelAnnotation>(TrackingNames.Models)).Layers);
    }
}
