using Espalier.Integration.Tests.Behaviour;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>Generated networks of images, one for every way in which layers meet.</summary>
public class GraphTests
{
    public static TheoryData<Precision> Precisions => [Precision.Fp32, Precision.Int8];

    [Theory, MemberData(nameof(Precisions))]
    public void ConvolutionsPoolsAndDenseLayers(Precision precision) => Check(new ImageShape(1, 28, 28), graph =>
    {
        graph.Conv(20, 5, precision: precision);
        graph.MaxPool(2);
        graph.Conv(50, 5, precision: precision);
        graph.MaxPool(2);
        graph.Dense(500, precision: precision, activation: Activation.Relu);
        graph.Dense(10, precision: precision, activation: Activation.Softmax);
    });

    [Theory, MemberData(nameof(Precisions))]
    public void ResidualBlocks(Precision precision) => Check(new ImageShape(3, 32, 32), graph =>
    {
        graph.Conv(16, 7, stride: 2, padding: 3, precision: precision, activation: Activation.Relu);
        var entry = graph.MaxPool(3, 2, 1);
        graph.Conv(16, 3, padding: 1, precision: precision, activation: Activation.Relu);
        var body = graph.Conv(16, 3, padding: 1, precision: precision);
        var first = graph.Sum(body, entry, Activation.Relu);
        graph.Conv(32, 3, stride: 2, padding: 1, precision: precision, activation: Activation.Relu);
        body = graph.Conv(32, 3, padding: 1, precision: precision);
        var projection = graph.Conv(32, 1, stride: 2, sources: [first], precision: precision);
        graph.Sum(body, projection, Activation.Relu);
        graph.GlobalAverage();
        graph.Dense(10, precision: precision);
    });

    [Theory, MemberData(nameof(Precisions))]
    public void FireModules(Precision precision) => Check(new ImageShape(3, 19, 19), graph =>
    {
        graph.Conv(16, 3, stride: 2, precision: precision, activation: Activation.Relu);
        graph.MaxPool(3, 2, ceiling: true);
        foreach (var (squeeze, expand) in new[] { (8, 32), (12, 24) })
        {
            var entry = graph.Conv(squeeze, 1, precision: precision, activation: Activation.Relu);
            var one = graph.Conv(expand, 1, sources: [entry], precision: precision, activation: Activation.Relu);
            var three = graph.Conv(expand, 3, padding: 1, sources: [entry], precision: precision, activation: Activation.Relu);
            graph.Concat(one, three);
        }

        graph.Conv(10, 1, precision: precision, activation: Activation.Relu);
        graph.GlobalAverage();
    });

    [Theory, MemberData(nameof(Precisions))]
    public void ConcatenationsOfConcatenations(Precision precision) => Check(new ImageShape(4, 7, 7), graph =>
    {
        var entry = graph.Conv(16, 1, precision: precision, activation: Activation.Relu);
        var left = graph.Conv(16, 3, padding: 1, sources: [entry], precision: precision);
        var right = graph.AveragePool(3, 1, 1, sources: [entry]);
        var inner = graph.Concat(left, right);
        var other = graph.Conv(20, 1, sources: [entry], precision: precision);
        var outer = graph.Concat(other, inner, entry, entry);
        graph.Conv(5, 1, sources: [outer], precision: precision);
    });

    [Theory, MemberData(nameof(Precisions))]
    public void SumsThatNoConvolutionTakesAlong(Precision precision) => Check(new ImageShape(3, 9, 11), graph =>
    {
        var entry = graph.Conv(24, 3, padding: 1, precision: precision, activation: Activation.Relu);
        var body = graph.Conv(24, 3, padding: 1, precision: precision, activation: Activation.Relu);
        var sum = graph.Sum(body, entry, Activation.Relu);
        var three = graph.Add("Add", [], [sum, entry, body]);
        graph.Sum(three, sum);
        graph.Conv(3, 2, precision: precision);
    });

    [Theory, MemberData(nameof(Precisions))]
    public void SumsOfVectors(Precision precision) => Check(new ImageShape(2, 5, 5), graph =>
    {
        graph.Conv(10, 3, precision: precision, activation: Activation.Relu);
        var first = graph.Dense(37, precision: precision, activation: Activation.Relu);
        var second = graph.Dense(37, precision: precision);
        var sum = graph.Sum(first, second, Activation.Relu);
        graph.Concat(first, sum);
        graph.Dense(6, precision: precision, activation: Activation.Sigmoid);
    });

    [Theory, MemberData(nameof(Precisions))]
    public void ActivationsOnTheWay(Precision precision) => Check(new ImageShape(3, 10, 10), graph =>
    {
        graph.Conv(18, 3, precision: precision, activation: Activation.Tanh);
        graph.Conv(16, 1, precision: precision, activation: Activation.Sigmoid);
        graph.MaxPool(2);
        graph.Dense(20, precision: precision, activation: Activation.Tanh);
        graph.Dense(9, precision: precision, activation: Activation.Sigmoid);
        graph.Dense(5, precision: precision, activation: Activation.Tanh);
    });

    [Theory, MemberData(nameof(Precisions))]
    public void AnImageLeaves(Precision precision) => Check(new ImageShape(1, 1, 30), graph =>
    {
        graph.Add("Conv2D", [1, 6, 1, 4, 1, 2, 0, 1, 1, 1, 1], null, layer => layer with { Quantization = Quantization(precision), Activation = Activation.Relu });
        graph.Add("AveragePool", [1, 2, 1, 2, 0, 0, 0, 0]);
        graph.Conv(5, 1, precision: precision, activation: Activation.Softmax);
    });

    [Fact]
    public void ResponsesAreNormalised() => Check(new ImageShape(3, 12, 12), graph =>
    {
        graph.Conv(40, 3, activation: Activation.Relu);
        graph.ResponseNorm(5, 0.5f, 0.75f, 2);
        graph.MaxPool(3, 2);
        graph.Conv(8, 3, precision: Precision.Int8, activation: Activation.Relu);
        graph.Dense(4);
    });

    [Fact]
    public void PrecisionsMeet() => Check(new ImageShape(3, 8, 8), graph =>
    {
        var entry = graph.Conv(16, 3, padding: 1, activation: Activation.Relu);
        var one = graph.Conv(16, 1, sources: [entry], precision: Precision.Int8, activation: Activation.Relu);
        var other = graph.Conv(16, 1, sources: [entry]);
        graph.Sum(one, other, Activation.Relu);
        graph.Dense(12, precision: Precision.Int8);
        graph.Dense(3);
    });

    [Fact]
    public void PruningOfDenseLayersAfterImages() => Check(new ImageShape(2, 6, 6), graph =>
    {
        graph.Conv(10, 3, activation: Activation.Relu);
        graph.Add("Dense", [160, 40], null, layer => layer with { Activation = Activation.Relu, Pruning = new PruningDescription(0.9) });
        graph.Add("Dense", [40, 5], null, layer => layer with { Pruning = new PruningDescription(0.8) });
    }, density: 0.1);

    [Theory, MemberData(nameof(Precisions))]
    public void NothingIsAllocated(Precision precision)
    {
        var graph = new GraphModels(new ImageShape(3, 16, 16));
        var entry = graph.Conv(16, 3, padding: 1, precision: precision, activation: Activation.Relu);
        var pooled = graph.MaxPool(3, 1, 1);
        var sum = graph.Sum(entry, pooled);
        graph.Concat(sum, entry);
        graph.AveragePool(2);
        graph.Dense(11, precision: precision, activation: Activation.Softmax);
        var model = graph.Model("Tests.Graphs.Allocation" + precision);
        var random = new GraphWeights(1);
        var predictor = GraphCompiler.Compile(model)[0].Model.Create(random.For(model), InstructionTiers.Best);
        var (input, output) = (random.Inputs(model.Inputs), new float[model.Outputs]);
        for (var i = 0; i < 50; i++)
        {
            predictor.Predict(input, output);
        }

        Assert.Equal(0, AllocatedBytes.Least(() => predictor.Predict(input, output), calls: 20));
    }

    private static QuantizationDescription Quantization(Precision precision) =>
        precision == Precision.Fp32 ? QuantizationDescription.Fp32 : new QuantizationDescription { Weights = precision, Inputs = Precision.Int8 };

    private static void Check(ImageShape input, Action<GraphModels> build, double density = 1, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        var graph = new GraphModels(input);
        build(graph);
        var model = graph.Model("Tests.Graphs." + name);
        var compiled = GraphCompiler.Compile(model)[0];
        foreach (var seed in new[] { 1, 2 })
        {
            var random = new GraphWeights(seed) { Density = density };
            GraphAgreement.Check(compiled, random.For(model), random);
        }
    }
}
