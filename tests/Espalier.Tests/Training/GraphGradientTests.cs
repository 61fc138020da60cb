using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Every kind of layer and every way to put them together: results against loops over the formulas, gradients against central differences of those.</summary>
public class GraphGradientTests
{
    private const int Samples = 5;
    private const int Classes = 3;

    private static readonly Dictionary<string, Func<GraphBuilder>> s_networks = new()
    {
        ["plain"] = () => new GraphBuilder(2, 6, 5).Conv(3, 3, padding: 1, activation: Activation.Relu).MaxPool(2, 2),
        ["odd window"] = () => new GraphBuilder(2, 9, 8).Conv(4, [2, 3, 2, 1, 1, 2, 1, 2], activation: Activation.Tanh),
        ["strides"] = () => new GraphBuilder(1, 11, 7).Conv(7, [3, 2, 3, 2, 2, 1, 2, 3], activation: Activation.Sigmoid),
        ["one row"] = () => new GraphBuilder(2, 1, 13).Conv(3, [1, 5, 1, 2, 0, 0, 1, 1], activation: Activation.Relu),
        ["groups"] = () => new GraphBuilder(4, 5, 5).Conv(16, 3, padding: 1, groups: 2, activation: Activation.Relu),
        ["depthwise"] = () => new GraphBuilder(3, 5, 6).Conv(6, 3, groups: 3, activation: Activation.Tanh).Conv(4, 1, activation: Activation.Relu),
        ["whole lines"] = () => new GraphBuilder(2, 9, 9).Conv(8, 2, activation: Activation.Relu).MaxPool(2, 2).Conv(3, 2),
        ["chained"] = () => new GraphBuilder(1, 8, 8).Conv(3, 3, activation: Activation.Relu).Conv(2, 3, padding: 2, activation: Activation.Tanh).MaxPool(3, 2, 1, ceiling: true),
        ["max pools that overlap"] = () => new GraphBuilder(2, 7, 8).Conv(2, 1).MaxPool(3, 2).Conv(2, 1).MaxPool(2, 1, 1),
        ["max pool behind strides"] = () => new GraphBuilder(3, 15, 13).Conv(9, [3, 2, 2, 1, 1, 2, 2, 1], activation: Activation.Tanh).MaxPool(2, 2).Conv(4, 2, padding: 1, activation: Activation.Sigmoid).MaxPool(2, 2),
        ["max pool behind many channels"] = () => new GraphBuilder(9, 8, 8).Conv(10, 3, activation: Activation.Relu).Conv(11, 3, padding: 1).MaxPool(3, 2, ceiling: true),
        ["max pools side by side"] = () => new GraphBuilder(2, 6, 6).Conv(8, 3, padding: 1, activation: Activation.Relu).Conv(3, 3, padding: 1, from: 0).MaxPool(2, 2).Conv(3, 3, padding: 1, activation: Activation.Relu, from: 0).MaxPool(2, 2).Join("Add", [2, 4]),
        ["average pools"] = () => new GraphBuilder(2, 7, 8).Conv(3, 1).Pool("AveragePool", [3, 2, 2, 2, 1, 1, 1, 1]).Conv(3, 1).Pool("AveragePool", [2, 2, 1, 2, 1, 0, 1, 0]),
        ["global pool"] = () => new GraphBuilder(2, 5, 7).Conv(4, 3, activation: Activation.Relu).Pool("GlobalAveragePool", []),
        ["response norm"] = () => new GraphBuilder(3, 4, 4).Conv(7, 2).ResponseNorm(5, 0.9f, 0.75f, 1.5f).Conv(4, 1).ResponseNorm(2, 0.5f, 0.6f, 2),
        ["residual"] = () => new GraphBuilder(2, 5, 5).Conv(3, 3, padding: 1, activation: Activation.Relu).Conv(3, 3, padding: 1).Join("Add", [1, 0], Activation.Relu),
        ["projection"] = () => new GraphBuilder(2, 6, 6).Conv(3, 3, stride: 2, padding: 1).Conv(3, 1, stride: 2, from: -1).Join("Add", [0, 1], Activation.Tanh).Conv(3, 3, padding: 1, activation: Activation.Relu).Join("Add", [3, 2, 2]),
        ["fire"] = () => new GraphBuilder(3, 5, 5).Conv(2, 1, activation: Activation.Relu).Conv(3, 1, activation: Activation.Relu).Conv(4, 3, padding: 1, activation: Activation.Relu, from: 0).Join("Concat", [1, 2, 0]),
        ["one tensor, many readers"] = () => new GraphBuilder(2, 4, 4).Conv(2, 1, activation: Activation.Tanh).Conv(2, 1, from: 0).Conv(2, 3, padding: 1, from: 0).Join("Add", [0, 0, 1, 2]).Join("Concat", [3, 0]),
        ["batch norm"] = () => new GraphBuilder(2, 5, 5).Conv(3, 3, activation: Activation.Relu, with: Normalised).Conv(4, 2, groups: 1, activation: Activation.Tanh, with: Normalised).MaxPool(2, 2),
        ["batch norm behind dense"] = () => new GraphBuilder(6, 1, 1).Dense(9, Activation.Tanh, Normalised).Dense(5, Activation.Relu, Normalised),
    };

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    [Theory, MemberData(nameof(Networks))]
    public void GradientsAreTheSlopesOfTheLoss(string name)
    {
        var model = s_networks[name]().Dense(Classes).Model;
        TrainableModels.Check(model);
        var samples = Random(model);
        var network = TrainingSteps.Begin(model, Samples, new Sgd { Momentum = 0 }, 17);
        for (var step = 0; step < 2; step++)
        {
            TrainingSteps.Step(network, samples, 0.05f);
        }

        var exact = new DoubleBatch(network);
        Assert.Equal(exact.MeanLoss(samples), TrainingSteps.Gradients(network, samples), 1e-5);
        var tensors = exact.Run(samples);
        AssertResults(network, tensors, samples);
        for (var i = 0; i < network.Layers.Length; i++)
        {
            if (network.Layers[i] is not WeightedTraining layer)
            {
                continue;
            }

            var weights = Enumerable.Range(0, layer.Rows * layer.Columns).Select(place => layer.WeightGradients[(place % layer.Columns * layer.WeightStride) + (place / layer.Columns)]).ToArray();
            var at = i;
            double Slope(ref double parameter) => exact.Slope(samples, tensors, at, ref parameter);
            AssertSlopes(Slope, exact.Weights[i], weights, $"weight of layer {i}");
            AssertSlopes(Slope, exact.Biases[i], layer.BiasGradients.ToArray(), $"bias of layer {i}");
            AssertSlopes(Slope, exact.Factors[i], layer.BatchNorm is { } normalisation ? normalisation.FactorGradients.ToArray() : [], $"factor of layer {i}");
        }
    }

    /// <summary>Rows of a larger batch before leave no trace, whatever is taken together.</summary>
    [Theory, MemberData(nameof(Networks))]
    public void SmallerBatchesAreWhatTheyAreAlone(string name)
    {
        var model = s_networks[name]().Dense(Classes).Model;
        var (many, few) = (Random(model), Random(model, 2));
        var used = TrainingSteps.Begin(model, Samples, new Sgd(), 5);
        var fresh = TrainingSteps.Begin(model, 2, new Sgd(), 5);
        TrainingSteps.Gradients(used, many);
        Assert.Equal(TrainingSteps.Step(fresh, few, 0.1f), TrainingSteps.Step(used, few, 0.1f), 1e-6);
        for (var i = 0; i < fresh.Weighted.Length; i++)
        {
            Assert.All(fresh.Weighted[i].Parameters.ToArray().Zip(used.Weighted[i].Parameters.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    private delegate double SlopeOf(ref double parameter);

    private static void AssertResults(NetworkTraining network, double[][][] tensors, LabelledSamples samples)
    {
        for (var layer = 0; layer < network.Layers.Length; layer++)
        {
            for (var row = 0; row < samples.Count; row++)
            {
                var results = network.ActivationsBehind(layer).Slice(row * network.Layers[layer].OutputStride, network.Layers[layer].Layer.Outputs);
                for (var i = 0; i < results.Length; i++)
                {
                    Assert.Equal(tensors[layer + 1][row][i], results[i], 2e-5);
                }
            }
        }
    }

    private static void AssertSlopes(SlopeOf slopeOf, double[] parameters, float[] gradients, string what)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            var slope = slopeOf(ref parameters[i]);
            Assert.True(Math.Abs(slope - gradients[i]) < 2e-5 + (1e-3 * Math.Abs(slope)), $"{what} {i}: the slope is {slope}, the gradient {gradients[i]}");
        }

        // Or the comparison would have shown nothing.
        Assert.True(parameters.Length == 0 || gradients.Max(Math.Abs) > 1e-3, $"{what}: gradients are as good as 0");
    }

    private static LayerDescription Normalised(LayerDescription layer) => layer with { BatchNorm = new BatchNormDescription(1e-3, 0.2) };

    private static LabelledSamples Random(ModelDescription model, int count = Samples)
    {
        var random = new Random(11);
        return new LabelledSamples([.. Enumerable.Range(0, count * model.Inputs).Select(_ => (random.NextSingle() * 3) - 1)], [.. Enumerable.Range(0, count).Select(i => i % Classes)], model.Inputs);
    }
}
