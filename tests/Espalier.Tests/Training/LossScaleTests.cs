using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Dynamic loss scaling: overflow leaves a step out and halves the factor, good steps double it.</summary>
public class LossScaleTests
{
    [Fact]
    public void OverflowHalvesAndGoodStepsDouble()
    {
        var (network, samples) = Begin(Precision.Fp16);
        var scale = new LossScale(1e30f, true, 3);
        var before = network.Layers[0].CopyWeights();
        TrainingSteps.Gradients(network, samples, scale.Value);
        Assert.False(network.GradientsAreFinite);
        Assert.False(scale.Accepts(network));
        Assert.Equal(0.5e30f, scale.Value);
        Assert.Equal(1, scale.Skipped);
        Assert.Equal(before, network.Layers[0].CopyWeights());

        scale = new LossScale(8, true, 3);
        TrainingSteps.Gradients(network, samples, scale.Value);
        Assert.Equal([8, 8, 16, 16, 16, 32], Enumerable.Range(0, 6).Select(_ => scale.Accepts(network) ? scale.Value : 0));
        Assert.Equal(0, scale.Skipped);
    }

    [Fact]
    public void AFixedFactorAcceptsEverything()
    {
        var (network, samples) = Begin(Precision.Fp16);
        var scale = new LossScale(1e30f, false, 3);
        TrainingSteps.Gradients(network, samples, scale.Value);
        Assert.True(scale.Accepts(network));
        Assert.Equal(1e30f, scale.Value);
    }

    [Fact]
    public void GradientsThatNoFactorHelpsEndTheRun()
    {
        var (network, samples) = Begin(Precision.Fp16);
        TrainingSteps.Step(network, samples, float.PositiveInfinity);
        TrainingSteps.Gradients(network, samples);
        var scale = new LossScale(1, true, 3);
        Assert.All(Enumerable.Range(0, 24), _ => Assert.False(scale.Accepts(network)));
        var error = Assert.Throws<ArithmeticException>(void () => scale.Accepts(network));
        Assert.Contains("gradients are not finite", error.Message, StringComparison.Ordinal);
        Assert.Equal(25, scale.Skipped);
    }

    /// <summary>Gradients below half of fp16's smallest number, 2⁻²⁵, become 0; scaled they are kept.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(65536, true)]
    public void ScalingKeepsWhatFp16WouldLose(float scaling, bool kept)
    {
        var ordinary = TestModels.Samples(30, 4);
        var samples = new LabelledSamples([.. ordinary.Inputs.ToArray().Select(value => value * 1e-8f)], ordinary.Labels.ToArray(), 9);
        var network = TrainingSteps.Begin(Model(Precision.Fp16), 30, new Sgd { Momentum = 0 });
        var before = network.Layers[0].CopyWeights();
        TrainingSteps.Step(network, samples, 1e6f, scaling);
        Assert.Equal(kept, !before.SequenceEqual(network.Layers[0].CopyWeights()));
    }

    [Fact]
    public void SkippedStepsAreReported()
    {
        var progress = new List<TrainingProgress>();
        var options = new TrainingOptions { Epochs = 15, LossScaling = 1e12, DynamicLossScaling = true, Normalisation = Normalisation.None };
        var trained = new Trainer(Model(Precision.Fp16), options) { Progress = new Into(progress) }.Run(TestModels.Samples(300, 1), TestModels.Samples(90, 2), TestContext.Current.CancellationToken);
        Assert.InRange(progress[14].SkippedSteps, 10, 40);
        Assert.Equal(1e12 / Math.Pow(2, progress[14].SkippedSteps), progress[14].LossScaling, 1);
        Assert.True(trained.ValidationAccuracy > 0.9, $"validation accuracy {trained.ValidationAccuracy}");
    }

    private static ModelDescription Model(Precision gradients)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, null, null);
        return model with { Layers = [.. model.Layers.Select(layer => layer with { Quantization = layer.Quantization with { Gradients = gradients } })] };
    }

    private static (NetworkTraining Network, LabelledSamples Samples) Begin(Precision gradients) =>
        (TrainingSteps.Begin(Model(gradients), 30, new Sgd()), TestModels.Samples(30, 4));

    private sealed class Into(List<TrainingProgress> list) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => list.Add(value);
    }
}
