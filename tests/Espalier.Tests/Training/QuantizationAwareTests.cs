using Espalier.Kernels;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

public class QuantizationAwareTests
{
    public static TheoryData<Precision, int> Formats => new() { { Precision.Int8, 0 }, { Precision.Int8, 5 }, { Precision.Int4, 0 }, { Precision.Ternary, 0 }, { Precision.Binary, 0 } };

    [Theory, MemberData(nameof(Formats))]
    public void PassesSeeTheWeightsThatAreStored(Precision precision, int clusters)
    {
        var (network, samples) = Begin(precision, clusters);
        var grids = ActivationCalibration.Of(network, samples, new MinMaxCalibration());
        var stored = ModelQuantizer.Quantize(network, grids);
        var trained = network.Weighted.Select(layer => layer.Parameters.ToArray()).ToArray();
        network.Awareness = new QuantizationAwareness(network, grids);
        network.Awareness.RoundWeights();
        for (var l = 0; l < 2; l++)
        {
            var layer = network.Weighted[l];
            for (var i = 0; i < layer.Layer.Inputs * layer.Layer.Outputs; i++)
            {
                var (input, output) = (i / layer.Layer.Outputs, i % layer.Layer.Outputs);
                Assert.Equal(stored.Layers[l].Weight(output, input), layer.Parameters[(input * layer.OutputStride) + output]);
            }
        }

        network.Awareness.RestoreWeights();
        Assert.All(network.Weighted.Zip(trained), pair => Assert.Equal(pair.Second, pair.First.Parameters.ToArray()));
    }

    [Fact]
    public void PassesAreCloseToTheIntegersAndGradientsStopAtTheEndOfAGrid()
    {
        var (network, samples) = Begin(Precision.Int8, 0);
        var grids = ActivationCalibration.Of(network, samples, new PercentileCalibration(0.5));
        network.Awareness = new QuantizationAwareness(network, grids);
        var weights = ModelQuantizer.Quantize(network, grids);
        TrainingSteps.Gradients(network, samples);
        var (simulation, scores) = (new Simulation(weights), new float[3]);
        for (var row = 0; row < samples.Count; row++)
        {
            simulation.Predict(samples.Input(row), scores);
            for (var o = 0; o < 3; o++)
            {
                Assert.Equal(scores[o], network.Output(row)[o], 0.05 * scores.Max(MathF.Abs));
            }
        }

        // Half of the activations lie beyond a grid that holds the lower half.
        var grid = grids.Inputs[1]!.Value;
        float[] values = [-1e9f, 0, 10 * grid.Scale, 1e9f, .. new float[12]], gradients = [.. Enumerable.Repeat(1f, 16)];
        network.Awareness.RoundActivations(1, values);
        network.Awareness.StopClipped(1, gradients);
        Assert.Equal(new float[] { 0, 1, 1, 0 }, gradients[..4]);
        Assert.Equal(grid.Scale * grid.Top, values[3], 1e-5);
        Assert.Equal(0, values[0]);
    }

    [Theory]
    [InlineData(Precision.Int8, 8, 0.5)]
    [InlineData(Precision.Ternary, 0, 0.0)]
    public void ItLearnsAndReportsWhatTheKernelsGive(Precision precision, int clusters, double sparsity)
    {
        var model = Model(precision, clusters, sparsity);
        var validation = TestModels.Samples(90, 2);
        var options = new TrainingOptions { Epochs = 15, QuantizationEpochs = 10, Calibration = new MeanSquaredErrorCalibration() };
        var trained = new Trainer(model, options).Run(TestModels.Samples(300, 1), validation, TestContext.Current.CancellationToken);
        Assert.Equal(10, trained.Stages[^1].Epochs);
        Assert.Equal(TrainingStage.Quantize, trained.Stages[^1].Stage);
        Assert.Single(trained.Stages, stage => stage.Stage == TrainingStage.Quantize);
        Assert.Equal(Evaluation.Accuracy(new Simulation(trained.Weights), validation, 3), trained.ValidationAccuracy);
        Assert.True(trained.ValidationAccuracy > 0.95, $"validation accuracy {trained.ValidationAccuracy}");
        Assert.True(trained.Weights.Layers[0].Density <= 1 - sparsity + 0.01);
        if (clusters > 0)
        {
            Assert.InRange(((IntegerLayerWeights)trained.Weights.Layers[0]).Centroids!.Length, 2, clusters);
        }
    }

    [Fact]
    public void AStoppedRunGoesOnOnTheSameGrids()
    {
        using var folder = new TemporaryFolder();
        var (model, train, none) = (Model(Precision.Int8, 4, 0.5), TestModels.Samples(60, 1), TestModels.Samples(30, 2));
        var options = new TrainingOptions { Epochs = 2, PruneEpochs = 2, ShareEpochs = 2, QuantizationEpochs = 4, BatchSize = 16 };
        var whole = new Trainer(model, options).Run(train, none, TestContext.Current.CancellationToken);
        for (var epochs = 5; epochs < 10; epochs++)
        {
            var path = Path.Combine(folder.Path, "run.checkpoint");
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => new Trainer(model, options with { Checkpoint = path }) { Progress = new After(epochs, stop.Cancel) }.Run(train, none, stop.Token));
            var resumed = new Trainer(model, options with { Checkpoint = path }).Run(train, none, TestContext.Current.CancellationToken);
            for (var l = 0; l < 2; l++)
            {
                var (a, b) = ((IntegerLayerWeights)whole.Weights.Layers[l], (IntegerLayerWeights)resumed.Weights.Layers[l]);
                Assert.Equal(a.Codes, b.Codes);
                Assert.Equal(a.Scales, b.Scales);
                Assert.Equal(a.BiasArray, b.BiasArray);
                Assert.Equal(a.InputGrid, b.InputGrid);
            }
        }
    }

    private static ModelDescription Model(Precision precision, int clusters, double sparsity)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Int8, sparsity > 0 ? sparsity : null, clusters > 0 ? clusters : null);
        return model with { Layers = [.. model.Layers.Select(layer => layer with { Quantization = layer.Quantization with { Weights = precision } })] };
    }

    private static (NetworkTraining Network, LabelledSamples Samples) Begin(Precision precision, int clusters)
    {
        var network = TrainingSteps.Begin(Model(precision, clusters, 0), 60, new Sgd());
        var samples = TestModels.Samples(60, 4);
        for (var step = 0; step < 5; step++)
        {
            TrainingSteps.Step(network, samples, 0.05f);
        }

        return (network, samples);
    }

    private sealed class After(int epochs, Action action) : IProgress<TrainingProgress>
    {
        private int _epochs;

        public void Report(TrainingProgress value)
        {
            if (++_epochs == epochs)
            {
                action();
            }
        }
    }
}
