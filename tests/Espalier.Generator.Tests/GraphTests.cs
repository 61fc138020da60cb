using Espalier.Generator.Annotations;
using Espalier.Generator.Pipeline;
using Espalier.Planning;

namespace Espalier.Generator.Tests;

/// <summary>What compositions come to: layers at their places, what each takes from, and shapes.</summary>
public class GraphTests
{
    private static ModelAnnotation Read(string program) => Assert.Single(Run(program).Values<ModelAnnotation>(TrackingNames.Models));

    private static GeneratorHarness Run(string program) => new(TestCompilation.Of("namespace N; using Espalier; using static Espalier.Precision;\n" + program));

    private static string Text(OccurrenceAnnotation layer) =>
        $"{layer.Path} {layer.Definition.Kind} {layer.Definition.InputShape}→{layer.Definition.OutputShape}{(layer.Sources.Count == 0 ? "" : $" from {string.Join(",", layer.Sources)}")}";

    [Fact]
    public void EveryComposition_BecomesLayersAtTheirPlaces()
    {
        var model = Assert.Single(new GeneratorHarness(TestCompilation.Of(Sources.Images)).Values<ModelAnnotation>(TrackingNames.Models));
        Assert.Equal(
            [
                "0/Stem Conv2D 3×32×32→16×32×32",
                "0/Stem/LocalResponseNorm LocalResponseNorm 16×32×32→16×32×32",
                "0/Stem/MaxPool MaxPool 16×32×32→16×16×16",
                "1/Stage/0/Block/0/First Conv2D 16×16×16→16×16×16",
                "1/Stage/0/Block/1/Second Conv2D 16×16×16→16×16×16",
                "1/Stage/0/Block/Add Add 16×16×16→16×16×16 from 4,2",
                "1/Stage/1/Block/0/First Conv2D 16×16×16→16×16×16",
                "1/Stage/1/Block/1/Second Conv2D 16×16×16→16×16×16",
                "1/Stage/1/Block/Add Add 16×16×16→16×16×16 from 7,5",
                "2/Halving/Projection/Skip Conv2D 16×16×16→32×8×8",
                "2/Halving/0/Down Conv2D 16×16×16→32×8×8 from 8",
                "2/Halving/Add Add 32×8×8→32×8×8 from 10,9",
                "3/Fire/0/Narrow Conv2D 32×8×8→8×8×8",
                "3/Fire/1/Wide Conv2D 32×8×8→24×8×8 from 11",
                "3/Fire/Concat Concat 8×8×8→32×8×8 from 12,13",
                "3/Fire/AveragePool AveragePool 32×8×8→32×4×4",
                "4/Scores Dense 32×4×4→10",
            ],
            model.Layers.Select(Text));
    }

    [Fact]
    public void Steps_AreOfTheLayerThatTheyBelongTo()
    {
        var layers = Assert.Single(new GeneratorHarness(TestCompilation.Of(Sources.Images)).Values<ModelAnnotation>(TrackingNames.Models)).Layers.ToDictionary(layer => layer.Path, layer => layer.Definition);
        Assert.Equal(new BatchNormDefinition(1e-5, 0.1), layers["0/Stem"].BatchNorm);
        Assert.Equal(new BatchNormDefinition(1e-3, 0.1), layers["1/Stage/0/Block/0/First"].BatchNorm);
        Assert.Null(layers["1/Stage/0/Block/1/Second"].BatchNorm);
        Assert.Equal([1e-4f, 0.75f, 1f], layers["0/Stem/LocalResponseNorm"].Numbers);
        Assert.Equal((ActivationKind.Relu, ActivationKind.None), (layers["0/Stem"].Activation, layers["0/Stem/MaxPool"].Activation));
        Assert.Equal((ActivationKind.Relu, ActivationKind.None), (layers["1/Stage/0/Block/Add"].Activation, layers["1/Stage/0/Block/1/Second"].Activation));
        Assert.Equal((0.5, 0), (layers["3/Fire/AveragePool"].Dropout, layers["3/Fire/Concat"].Dropout));
        Assert.Equal((16, 3 * 9, 16, 4 * 9), (layers["0/Stem"].WeightRows, layers["0/Stem"].WeightColumns, layers["1/Stage/0/Block/1/Second"].WeightRows, layers["1/Stage/0/Block/1/Second"].WeightColumns));
        Assert.Equal((3 * 32 * 32, 16 * 32 * 32), (layers["0/Stem"].Inputs, layers["0/Stem"].Outputs));
        Assert.True(layers["0/Stem"].Bias);
    }

    /// <summary>A network of images has steps over one block of memory, and its layers of their own no files.</summary>
    [Fact]
    public void ModelOfImages_IsGeneratedWithItsDescription()
    {
        var compilation = TestCompilation.Of(Sources.Images);
        var run = new GeneratorHarness(compilation);
        Assert.Contains("Pictures.Scores.g.cs", run.Files.Keys);
        var text = run.Files["Pictures.Pictures.g.cs"];
        Assert.Contains("InputShape = new global::Espalier.ImageShape(3, 32, 32),", text);
        Assert.Contains("Sources = global::System.Collections.Immutable.ImmutableArray.Create(10, 9),", text);
        Assert.Contains("BatchNorm = new global::Espalier.BatchNormDescription(0.001D, 0.1D),", text);
        Assert.Contains("Dropout = 0.5D,", text);
        Assert.DoesNotContain(run.Files.Keys, name => name.Contains("Stem") || name.Contains("Block"));
        Assert.Empty(run.Generated(compilation).GetDiagnostics(TestContext.Current.CancellationToken).Where(found => found.Severity > Microsoft.CodeAnalysis.DiagnosticSeverity.Info));
    }

    [Fact]
    public void DropoutAndFlatten_AreNoLayersOfAChain()
    {
        const string Layers = "[Dense(6, 4), BatchNorm, Relu] partial class A; [Dense(4, 2)] partial class B; [Dropout(0.25)] class D; [Flatten] class F; ";
        var model = Read(Layers + "[Image(1, 2, 3), Sequential(typeof(F), typeof(A), typeof(D), typeof(F), typeof(D), typeof(B))] partial class M;");
        Assert.Equal(["1/A Dense 1×2×3→4", "5/B Dense 4→2"], model.Layers.Select(Text));
        Assert.Equal(0.4375, model.Layers[0].Definition.Dropout);
        Assert.True(DenseChains.Contains(model));
        Assert.Equal(
            "Dense(6,4) Bias=True Relu Quantize(Fp32,Inputs=Fp32,Outputs=Fp32,Accumulators=Fp32,Gradients=Fp32,Rounding=Nearest,MasterWeights=True,PerChannel=True) Prune(none) Codebook(none) Takes(1x2x3) BatchNorm(1E-05,0.1) Dropout(0.4375)",
            DefinitionText.Of(model.Layers[0].Definition));
        Assert.Equal("Add() Relu From(3,1)", DefinitionText.Of(new LayerDefinition("Add", EquatableArray<int>.Empty, 4, 4, false, ActivationKind.Relu, QuantizeDefinition.Fp32, null, null), new EquatableArray<int>([3, 1])));
    }

    [Fact]
    public void KernelsOfAChain_DoNotDependOnItsTraining()
    {
        const string Rest = "[Dense(40, 2)] partial class B; [Sequential(typeof(A), typeof(B))] partial class M;";
        var plain = Run("[Dense(60, 40), Relu] partial class A; " + Rest).Files.Keys.Where(name => name.Contains("Dense"));
        Assert.Equal(plain, Run("[Dense(60, 40), BatchNorm, Relu, Dropout(0.5)] partial class A; " + Rest).Files.Keys.Where(name => name.Contains("Dense")));
        Assert.NotEmpty(plain);
    }

    [Theory]
    [InlineData("[Sequential(typeof(C))] class X;", false)]
    [InlineData("[Sequential(typeof(P), typeof(D))] class X;", false)]
    [InlineData("[Image(1, 4, 4), Sequential(typeof(C))] partial class X;", true)]
    [InlineData("[Sequential(typeof(D))] partial class X;", true)]
    [InlineData("[Sequential(typeof(R))] partial class X;", true)]
    [InlineData("[Sequential(typeof(R2), typeof(D))] class X;", false)]
    public void Chain_IsAModelWhenWhatEntersIsKnown(string program, bool isModel)
    {
        const string Layers = "[Conv2D(1, 1, 3)] class C; [MaxPool(2)] class P; [Dense(4, 4)] partial class D; [Repeat(typeof(D), 2)] class R; [Residual(typeof(C))] class R2; ";
        Assert.Equal(isModel ? 1 : 0, Run(Layers + program).Values<ModelAnnotation>(TrackingNames.Models).Length);
    }

    [Fact]
    public void ResidualOfDenseLayers_SharesWhatEnters()
    {
        var model = Read("[Dense(4, 4), Relu] partial class D; [Residual(typeof(D), typeof(D))] class R; [Sequential(typeof(R), typeof(D))] partial class M;");
        Assert.Equal(["0/R/0/D Dense 4→4", "0/R/1/D Dense 4→4", "0/R/Add Add 4→4 from 1,-1", "1/D Dense 4→4"], model.Layers.Select(Text));
        Assert.False(DenseChains.Contains(model));
    }

    [Fact]
    public void ChangedGraph_IsNamed()
    {
        static string Of(params int[] sources) => DefinitionText.Of(
            new LayerDefinition("Conv2D", new EquatableArray<int>([1, 2, 3, 3, 1, 1, 0, 0, 1, 1, 1]), 9, 2, true, ActivationKind.None, QuantizeDefinition.Fp32, null, null) { InputShape = new TensorShape(1, 3, 3) },
            new EquatableArray<int>(sources));
        Assert.Equal(("From(3)", "no From"), Manifests.ChangedAttributes.Between(Of(3), Of()));
        Assert.Equal(("Takes(1x3x3)", "Takes(1x3x4)"), Manifests.ChangedAttributes.Between(Of(), Of().Replace("1x3x3", "1x3x4")));
        Assert.Equal(("BatchNorm(1E-05,0.1)", "no BatchNorm"), Manifests.ChangedAttributes.Between(Of() + " BatchNorm(1E-05,0.1)", Of()));
        Assert.Null(Manifests.ChangedAttributes.Between(Of(3), Of(3)));
    }
}
