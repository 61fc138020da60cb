using CsCheck;
using Espalier.Planning;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>In which form each tensor passes, on graphs small enough to say so by hand.</summary>
public class TensorFormsTests
{
    [Fact]
    public void ChainsOfDenseLayersHaveTheFormsOfTheirEdges() => ModelGen.Model.Sample(
        model =>
        {
            var (forms, chain) = (model.ToForms(), model.Layers.Select(layer => layer.ToDefinition()).ToArray());
            Assert.Equal(LayerEdges.InputOf(chain[0]), forms[-1]);
            Assert.Equal(Enumerable.Range(0, chain.Length).Select(i => LayerEdges.OutputOf(chain, i)), Enumerable.Range(0, chain.Length).Select(i => forms[i]));
            Assert.All(Enumerable.Range(0, chain.Length), i => Assert.Equal(chain[i].IsInteger && (i > 0 ? LayerEdges.OutputOf(chain, i - 1) : LayerEdges.InputOf(chain[0])) == EdgeForm.Floats, forms.Encodes(i)));
            Assert.Equal(Enumerable.Range(-1, chain.Length).Count(i => forms[i] != EdgeForm.Floats), forms.GroupTops.Count);
        },
        iter: 2000);

    [Fact]
    public void PoolsHandOnWhatTheyTake()
    {
        var graph = new GraphModels(new ImageShape(1, 12, 12));
        graph.Conv(4, 3, precision: Precision.Int8, activation: Activation.Relu);
        graph.MaxPool(2);
        graph.Conv(6, 3, precision: Precision.Int8, activation: Activation.Relu);
        graph.AveragePool(3);
        graph.GlobalAverage();
        graph.Dense(3, precision: Precision.Int8);
        var forms = graph.Model().ToForms();
        Assert.Equal([EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Floats], Forms(forms));
        Assert.Equal([0, 1, 1, 2, 2, 2, -1], Groups(forms));
    }

    [Fact]
    public void OneFloatConsumerMakesAllTakeFloats()
    {
        var graph = new GraphModels(new ImageShape(2, 8, 8));
        var first = graph.Conv(4, 3, precision: Precision.Int8);
        var one = graph.Conv(4, 1, sources: [first], precision: Precision.Int8);
        var other = graph.Conv(4, 1, sources: [first]);
        graph.Concat(one, other);
        var forms = graph.Model().ToForms();
        Assert.Equal([EdgeForm.Codes, EdgeForm.Floats, EdgeForm.Floats, EdgeForm.Floats, EdgeForm.Floats], Forms(forms));
        Assert.Equal([false, true, false, false], Enumerable.Range(0, 4).Select(forms.Encodes));
    }

    [Fact]
    public void ANormalisationOfResponsesTakesAndGivesFloats()
    {
        var graph = new GraphModels(new ImageShape(2, 8, 8));
        graph.Conv(4, 3, precision: Precision.Int8);
        graph.ResponseNorm(3);
        graph.MaxPool(2);
        graph.Conv(4, 3, precision: Precision.Int8);
        var forms = graph.Model().ToForms();
        Assert.Equal([EdgeForm.Codes, EdgeForm.Floats, EdgeForm.Floats, EdgeForm.Floats, EdgeForm.Floats], Forms(forms));
        Assert.True(forms.Encodes(3));
    }

    [Fact]
    public void AResidualBlockHandsTheLastSumsToItsAddition()
    {
        var graph = new GraphModels(new ImageShape(4, 8, 8));
        var entry = graph.Conv(4, 3, padding: 1, precision: Precision.Int8, activation: Activation.Relu);
        var body = graph.Conv(4, 3, padding: 1, precision: Precision.Int8, activation: Activation.Relu);
        var last = graph.Conv(4, 3, padding: 1, precision: Precision.Int8);
        var sum = graph.Sum(last, entry, Activation.Relu);
        graph.GlobalAverage();
        graph.Dense(5, precision: Precision.Int8);
        var forms = graph.Model().ToForms();
        Assert.Equal([EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Sums, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Floats], Forms(forms));
        Assert.Equal((sum, last), (forms.AdditionOf(last), forms.SumsOf(sum)));
        Assert.Null(forms.AdditionOf(body));
        Assert.Equal([0, 1, 2, -1, 3, 3, -1], Groups(forms));
    }

    [Fact]
    public void OfAProjectedBlockTheLaterConvolutionHandsOnSums()
    {
        var graph = new GraphModels(new ImageShape(4, 8, 8));
        var entry = graph.Conv(4, 3, padding: 1, precision: Precision.Int8, activation: Activation.Relu);
        var body = graph.Conv(6, 3, padding: 1, precision: Precision.Int8);
        var projection = graph.Conv(6, 1, sources: [entry], precision: Precision.Int8);
        var sum = graph.Sum(body, projection);
        graph.Dense(5, precision: Precision.Int8);
        var forms = graph.Model().ToForms();
        Assert.Equal((EdgeForm.Codes, EdgeForm.Sums), (forms[body], forms[projection]));
        Assert.Equal((null, sum, projection), (forms.AdditionOf(body), forms.AdditionOf(projection), forms.SumsOf(sum)));
        Assert.Equal(TensorForms.UsualTop, forms.GroupTops[forms.GridGroup(body)]);
    }

    [Fact]
    public void AnAdditionThatLeavesTheModelIsOfFloats()
    {
        var graph = new GraphModels(new ImageShape(4, 8, 8));
        var entry = graph.Conv(4, 3, padding: 1, precision: Precision.Int8);
        var body = graph.Conv(4, 3, padding: 1, precision: Precision.Int8);
        graph.Sum(body, entry);
        var forms = graph.Model().ToForms();
        Assert.Equal([EdgeForm.Codes, EdgeForm.Floats, EdgeForm.Floats, EdgeForm.Floats], Forms(forms));
        Assert.True(forms.Encodes(body));
        Assert.Null(forms.AdditionOf(body));
    }

    [Fact]
    public void BranchesOfAConcatenationShareAGrid()
    {
        var graph = new GraphModels(new ImageShape(3, 9, 9));
        var squeeze = graph.Conv(4, 1, precision: Precision.Int8, activation: Activation.Relu);
        var one = graph.Conv(4, 1, sources: [squeeze], precision: Precision.Int8, activation: Activation.Relu);
        var three = graph.Conv(4, 3, padding: 1, sources: [squeeze], precision: Precision.Int8, activation: Activation.Relu);
        graph.Concat(one, three);
        graph.Conv(4, 1, precision: Precision.Int4);
        var forms = graph.Model().ToForms();
        Assert.Equal([0, 1, 2, 2, 2, -1], Groups(forms));
        Assert.Equal([127, 127, 15], forms.GroupTops);
    }

    [Fact]
    public void ConsumersOfDifferentGridsTakeFloats()
    {
        var graph = new GraphModels(new ImageShape(3, 9, 9));
        var squeeze = graph.Conv(4, 1, precision: Precision.Int8);
        var one = graph.Conv(4, 1, sources: [squeeze], precision: Precision.Int8);
        var other = graph.Conv(4, 1, sources: [squeeze], precision: Precision.Int4);
        var all = graph.Concat(one, other);
        graph.Conv(2, 1, sources: [all], precision: Precision.Int8);
        var forms = graph.Model().ToForms();
        Assert.Equal([EdgeForm.Codes, EdgeForm.Floats, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Floats], Forms(forms));
        Assert.True(forms.Encodes(one) && forms.Encodes(other));
    }

    [Fact]
    public void PlanesPassNoPool()
    {
        var graph = new GraphModels(new ImageShape(3, 9, 9));
        graph.Conv(4, 2, precision: Precision.Int8);
        graph.MaxPool(2);
        graph.Conv(4, 1, precision: Precision.Int8);
        graph.Dense(4, precision: Precision.Int16);
        graph.Dense(4, precision: Precision.Int16);
        var forms = graph.Model().ToForms();
        Assert.Equal([EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Codes, EdgeForm.Floats, EdgeForm.Planes, EdgeForm.Floats], Forms(forms));
    }

    private static IEnumerable<EdgeForm> Forms(TensorForms forms) => Enumerable.Range(-1, forms.Graph.Layers.Count + 1).Select(tensor => forms[tensor]);

    private static IEnumerable<int> Groups(TensorForms forms) => Enumerable.Range(-1, forms.Graph.Layers.Count + 1).Select(forms.GridGroup);
}
