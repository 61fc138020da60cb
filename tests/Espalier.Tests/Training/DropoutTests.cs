using Espalier.Numerics;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

public class DropoutTests
{
    private const int Samples = 40;

    [Theory, InlineData(0.25), InlineData(0.5)]
    public void TheShareIsLeftOutAndTheRestMakesUpForIt(double share)
    {
        var (network, _) = Begin(share);
        network.Forward(Samples, learns: false);
        var all = Results(network);
        network.Forward(Samples, learns: true);
        var kept = Results(network);
        for (var i = 0; i < all.Length; i++)
        {
            Assert.True(kept[i] == 0 || MathF.Abs(kept[i] - (all[i] / (float)(1 - share))) < 1e-5f * MathF.Abs(all[i]));
        }

        // 40 samples of 64 numbers: three standard deviations are 3 % of half.
        Assert.Equal(share, kept.Zip(all).Count(pair => pair.First == 0 && pair.Second != 0) / (double)all.Count(value => value != 0), 0.04);
        Assert.Equal(all.Sum(), kept.Sum(), 0.08f * MathF.Abs(all.Sum()));
        network.Forward(Samples, learns: false);
        Assert.Equal(all, Results(network));
    }

    [Fact]
    public void MasksFollowFromTheSeed()
    {
        float[] Run(ulong seed)
        {
            var (network, samples) = Begin(0.5, seed);
            TrainingSteps.Step(network, samples, 0.1f);
            TrainingSteps.Step(network, samples, 0.1f);
            return Results(network);
        }

        Assert.Equal(Run(3), Run(3));
        Assert.NotEqual(Run(3), Run(4));
        var (twice, samples) = Begin(0.5);
        TrainingSteps.Gradients(twice, samples);
        var first = Results(twice);
        TrainingSteps.Gradients(twice, samples);
        Assert.NotEqual(first, Results(twice));
    }

    /// <summary>With the mask that was drawn the loss is a function like any other.</summary>
    [Theory, InlineData(Activation.Relu), InlineData(Activation.Tanh)]
    public void GradientsAreThoseOfTheMaskedNetwork(Activation activation)
    {
        var (network, samples) = Begin(0.5, 3, activation);
        TrainingSteps.Gradients(network, samples);
        var layer = network.Weighted[0];
        var gradients = layer.WeightGradients.ToArray();
        for (var column = 0; column < layer.Columns; column++)
        {
            var at = column * layer.WeightStride;
            Assert.Equal((Loss(at, 1e-3f) - Loss(at, -1e-3f)) / 2e-3, gradients[at], 3e-4 + (1e-2 * Math.Abs(gradients[at])));
        }

        Assert.True(gradients.Max(Math.Abs) > 0.05);

        double Loss(int weight, float step)
        {
            // The same seed draws the same mask.
            var (other, _) = Begin(0.5, 3, activation);
            other.Weighted[0].Parameters[weight] += step;
            return TrainingSteps.Gradients(other, samples);
        }
    }

    [Fact]
    public void TheLastLayerKeepsItsResults()
    {
        var model = new GraphBuilder(1, 4, 4).Conv(2, 3).Dense(3, with: layer => layer with { Dropout = 0.5 }).Model;
        Assert.Contains("dropout of 0.5", Assert.Throws<ArgumentException>(() => TrainableModels.Check(model)).Message, StringComparison.Ordinal);
    }

    private static (NetworkTraining Network, LabelledSamples Samples) Begin(double share, ulong seed = 3, Activation activation = Activation.Relu)
    {
        var model = new GraphBuilder(1, 10, 10).Conv(4, 3, activation: activation).MaxPool(2, 2, dropout: share).Dense(3).Model;
        var random = new RandomNumbers(1);
        var samples = new LabelledSamples([.. Enumerable.Range(0, Samples * 100).Select(_ => random.Uniform(-1, 2))], [.. Enumerable.Range(0, Samples).Select(i => i % 3)], 100);
        var network = TrainingSteps.Begin(model, Samples, new Sgd(), seed);
        for (var i = 0; i < Samples; i++)
        {
            network.LoadInput(samples.Input(i), i);
        }

        return (network, samples);
    }

    private static float[] Results(NetworkTraining network) => network.ActivationsBehind(1)[..(Samples * 64)].ToArray();
}
