using CsCheck;
using Espalier.Kernels;
using Espalier.Numerics;
using Espalier.Planning;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>Grids of graphs are chosen by what leaves each group of tensors, and integer networks stay near the trained ones.</summary>
public class GraphCalibrationTests
{
    [Fact]
    public void AnyGraphIsQuantized() => Gen.Select(GraphGen.Model(Precision.Int8, Precision.Int8, Precision.Fp32, Precision.Int4, Precision.Int16), Gen.Int[1, 1000]).Sample(
        (model, seed) =>
        {
            var network = TrainingSteps.Begin(model, 4, new Sgd(), (ulong)seed);
            var samples = Samples(model, 6, seed);
            var weights = ModelQuantizer.Quantize(network, samples, new MinMaxCalibration());
            for (var layer = 0; layer < model.Layers.Length; layer++)
            {
                Assert.Equal(weights.Forms[layer] is EdgeForm.Codes or EdgeForm.Planes, weights.GridOf(layer) is not null);
            }

            var scores = new float[model.Outputs];
            new Simulation(weights).Predict(samples.Input(0), scores);
            Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        },
        iter: 200);

    [Fact]
    public void EightBitsStayNearTheTrainedNetwork()
    {
        var model = Residual();
        for (var seed = 1; seed < 6; seed++)
        {
            var network = TrainingSteps.Begin(model, 8, new Sgd(), (ulong)seed);
            var samples = Samples(model, 60, seed);
            var weights = ModelQuantizer.Quantize(network, samples, new MinMaxCalibration());
            var (error, size) = (0.0, 0.0);
            var (scores, simulation) = (new float[model.Outputs], new Simulation(weights));
            for (var sample = 0; sample < samples.Count; sample++)
            {
                network.LoadInput(samples.Input(sample), 0);
                network.Forward(1, learns: false);
                simulation.Predict(samples.Input(sample), scores);
                for (var i = 0; i < scores.Length; i++)
                {
                    error += Math.Pow(scores[i] - network.Output(0)[i], 2);
                    size += Math.Pow(network.Output(0)[i], 2);
                }
            }

            // 0.019 to 0.030; a mean whose terms are clamped by the grid of its results gave 0.07 to 0.10.
            Assert.InRange(Math.Sqrt(error / size), 1e-6, 0.04);
        }
    }

    [Fact]
    public void WhatAPoolThrowsAwayTakesNoSteps()
    {
        var graph = new GraphModels(new ImageShape(1, 4, 4));
        graph.Conv(1, 1, precision: Precision.Int8);
        graph.MaxPool(2);
        graph.Dense(2, precision: Precision.Int8);
        var model = graph.Model();
        var network = TrainingSteps.Begin(model, 2, new Sgd());
        network.Weighted[0].Parameters[0] = 1;

        // Each window's largest number lies from 0 to 1, and the others as low as −9.
        var samples = new LabelledSamples([.. Enumerable.Range(0, 64).Select(i => i % 4 / 2 == 0 && i % 2 == 0 && i / 4 % 2 == 0 ? i / 64f : i % 2 == 0 && i / 4 % 2 == 0 ? 1 : -9f)], [0, 1, 0, 1], 16);
        var grids = ActivationCalibration.Of(network, samples, new MinMaxCalibration());
        Assert.Equal(0, grids.Inputs[2]!.Value.ZeroPoint);
        Assert.Equal(1 / 127f, grids.Inputs[2]!.Value.Scale, 1e-4f);
        Assert.Equal(grids.Inputs[2], ModelQuantizer.Quantize(network, grids).GridOf(0));
    }

    [Fact]
    public void GridsThatOnlySumsTakeAreSavedToo()
    {
        var network = TrainingSteps.Begin(Residual(), 4, new Sgd());
        var grids = ActivationCalibration.Of(network, Samples(network.Model, 4, 1), new MinMaxCalibration());
        Assert.Contains(grids.Results, grid => grid is not null);
        network.Awareness = new QuantizationAwareness(network, grids);
        using var stream = new MemoryStream();
        QuantizationAwareness.Visit(network, new StateWriter(stream));
        stream.Position = 0;
        network.Awareness = null;
        QuantizationAwareness.Visit(network, new StateReader(stream));
        Assert.Equal(grids.Inputs, network.Awareness!.Grids.Inputs);
        Assert.Equal(grids.Sums, network.Awareness.Grids.Sums);
        Assert.Equal(grids.Results, network.Awareness.Grids.Results);
    }

    private static ModelDescription Residual()
    {
        var graph = new GraphModels(new ImageShape(2, 8, 8));
        var entry = graph.Conv(6, 3, padding: 1, precision: Precision.Int8, activation: Activation.Relu);
        graph.Conv(8, 3, 2, 1, precision: Precision.Int8, activation: Activation.Relu);
        var body = graph.Conv(8, 3, padding: 1, precision: Precision.Int8);
        var projection = graph.Conv(8, 1, 2, sources: [entry], precision: Precision.Int8);
        var sum = graph.Sum(body, projection, Activation.Relu);
        var one = graph.Conv(4, 1, sources: [sum], precision: Precision.Int8, activation: Activation.Sigmoid);
        var three = graph.Conv(4, 3, padding: 1, sources: [sum], precision: Precision.Int8, activation: Activation.Relu);
        graph.Concat(one, three);
        graph.AveragePool(2);
        graph.Dense(5, precision: Precision.Int8);
        return graph.Model();
    }

    private static LabelledSamples Samples(ModelDescription model, int count, int seed)
    {
        var random = new RandomNumbers((ulong)seed);
        return new LabelledSamples([.. Enumerable.Range(0, count * model.Inputs).Select(_ => random.Uniform(-1, 2))], [.. Enumerable.Range(0, count).Select(i => i % model.Outputs)], model.Inputs);
    }
}
