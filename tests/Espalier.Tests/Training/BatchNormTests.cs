using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

public class BatchNormTests
{
    private const int Samples = 6;

    [Fact]
    public void RunningStatisticsFollowTheBatches()
    {
        var network = Begin(out var samples, momentum: 0.25);
        var layer = network.Weighted[0];
        var (mean, variance) = (0.0, 1.0);
        for (var step = 0; step < 5; step++)
        {
            var sums = PlainSums(network, samples);
            mean += 0.25 * (sums.Average() - mean);
            variance += 0.25 * ((sums.Sum(sum => Math.Pow(sum - sums.Average(), 2)) / (sums.Length - 1)) - variance);
            TrainingSteps.Step(network, samples, 0.05f);
            Assert.Equal(mean, layer.BatchNorm!.MeanOf(0), 1e-5);
            Assert.Equal(variance, layer.BatchNorm!.VarianceOf(0), 1e-5);
        }

        // Inference leaves them alone.
        network.Forward(Samples, learns: false);
        Assert.Equal(mean, layer.BatchNorm!.MeanOf(0), 1e-5);
    }

    [Fact]
    public void FoldedLayersComputeWhatInferenceComputed()
    {
        var network = Begin(out var samples);
        for (var step = 0; step < 10; step++)
        {
            TrainingSteps.Step(network, samples, 0.1f);
        }

        network.Forward(Samples, learns: false);
        var before = Outputs(network);
        var (weights, bias) = (network.Weighted[0].CopyWeights(), network.Weighted[0].CopyBias());
        network.Fold();
        Assert.All(network.Weighted, layer => Assert.Null(layer.BatchNorm));
        Assert.Equal(weights, network.Weighted[0].CopyWeights());
        Assert.Equal(bias, network.Weighted[0].CopyBias());
        network.Forward(Samples, learns: false);
        Assert.All(before.Zip(Outputs(network)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.True(before.Max(Math.Abs) > 0.1);

        // From now on the layer learns as a plain one.
        TrainingSteps.Step(network, samples, 0.01f);
        Assert.NotEqual(weights, network.Weighted[0].CopyWeights());
    }

    /// <summary>Pruned weights stay 0 when they are folded, and while the folded layer goes on learning.</summary>
    [Fact]
    public void MasksOutliveFolding()
    {
        var network = Begin(out var samples);
        TrainingSteps.Step(network, samples, 0.1f);
        var layer = network.Weighted[0];
        layer.Constraints.Mask(MagnitudePruning.Mask(layer.Parameters, layer.Rows * layer.Columns, 0.5));
        network.Fold();
        for (var step = 0; step < 3; step++)
        {
            TrainingSteps.Step(network, samples, 0.05f);
            Assert.Equal(layer.Rows * layer.Columns / 2, layer.CopyWeights().Count(weight => weight == 0));
        }
    }

    /// <summary>A weight of a channel whose factor is large is worth as much as the same weight folded.</summary>
    [Fact]
    public void PruningLooksAtFoldedWeights()
    {
        var network = Begin(out var samples, sparsity: 0.5);
        TrainingSteps.Step(network, samples, 0.1f);
        network.Weighted[0].BatchNorm!.Factors[1] = 0.001f;
        new NetworkPruning(new PruningOptions().Resolve(new()), network, []).Apply(1);
        var layer = network.Weighted[0];
        Assert.All(layer.CopyWeights().Skip(layer.Columns).Take(layer.Columns), weight => Assert.Equal(0, weight));
        Assert.Equal(layer.Rows * layer.Columns / 2, layer.CopyWeights().Count(weight => weight == 0));
    }

    [Fact]
    public void ANetworkThatGoesOnEndsInTheSameNumbers()
    {
        foreach (var folded in new[] { false, true })
        {
            var network = Begin(out var samples);
            TrainingSteps.Step(network, samples, 0.1f);
            if (folded)
            {
                network.Fold();
                TrainingSteps.Step(network, samples, 0.1f);
            }

            var stream = new MemoryStream();
            Array.ForEach(network.Layers, layer => layer.Visit(new StateWriter(stream)));
            stream.Position = 0;
            var other = Begin(out _, seed: 99);
            Array.ForEach(other.Layers, layer => layer.Visit(new StateReader(stream)));
            Assert.Equal(stream.Length, stream.Position);
            for (var step = 0; step < 3; step++)
            {
                Assert.Equal(TrainingSteps.Step(network, samples, 0.1f), TrainingSteps.Step(other, samples, 0.1f));
            }

            network.Forward(Samples, learns: false);
            other.Forward(Samples, learns: false);
            Assert.Equal(Outputs(network), Outputs(other));
        }
    }

    [Fact]
    public void MasterWeightsAndABiasAreNeeded()
    {
        var plain = new GraphBuilder(2, 5, 5).Conv(3, 3, with: Normalised(0.1)).Dense(3).Model;
        TrainableModels.Check(plain);
        Assert.Contains("master weights", Refused(layer => layer with { Quantization = layer.Quantization with { Weights = Precision.Int8, MasterWeights = false } }), StringComparison.Ordinal);
        Assert.Contains("bias", Refused(layer => layer with { Bias = false }), StringComparison.Ordinal);
        Assert.Contains("momentum", Refused(layer => layer with { BatchNorm = new BatchNormDescription(1e-5, 0) }), StringComparison.Ordinal);

        string Refused(Func<LayerDescription, LayerDescription> change) =>
            Assert.Throws<ArgumentException>(() => TrainableModels.Check(plain with { Layers = [change(plain.Layers[0]), plain.Layers[1]] })).Message;
    }

    private static Func<LayerDescription, LayerDescription> Normalised(double momentum, double? sparsity = null) =>
        layer => layer with { BatchNorm = new BatchNormDescription(1e-4, momentum), Pruning = sparsity is { } share ? new PruningDescription(share) : null };

    private static NetworkTraining Begin(out LabelledSamples samples, double momentum = 0.3, double? sparsity = null, ulong seed = 7)
    {
        var model = new GraphBuilder(2, 6, 5).Conv(4, 3, activation: Activation.Relu, with: Normalised(momentum, sparsity)).MaxPool(2, 2).Dense(7, Activation.Tanh, Normalised(momentum)).Dense(3).Model;
        var random = new Random(3);
        samples = new LabelledSamples([.. Enumerable.Range(0, Samples * model.Inputs).Select(_ => random.NextSingle() * 2)], [0, 1, 2, 0, 1, 2], model.Inputs);
        return TrainingSteps.Begin(model, Samples, new Sgd(), seed);
    }

    /// <summary>What the first channel's sums are without normalisation.</summary>
    private static double[] PlainSums(NetworkTraining network, LabelledSamples samples)
    {
        var exact = new DoubleBatch(network);
        var (layer, weights) = (network.Weighted[0].Layer, exact.Weights[0]);
        return [.. Enumerable.Range(0, Samples * layer.OutputShape.Pixels).Select(i =>
        {
            var (sample, pixel) = (samples.Input(i / layer.OutputShape.Pixels).ToArray(), i % layer.OutputShape.Pixels);
            return Enumerable.Range(0, 18).Sum(k => weights[k] * sample[(((k / 9 * 6) + (pixel / layer.OutputShape.Width) + (k % 9 / 3)) * 5) + (pixel % layer.OutputShape.Width) + (k % 3)]);
        })];
    }

    private static float[] Outputs(NetworkTraining network) => [.. Enumerable.Range(0, Samples).SelectMany(row => network.Output(row).ToArray())];
}
