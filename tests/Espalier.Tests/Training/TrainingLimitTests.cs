using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>What keeps first steps small, and what is said where they were not.</summary>
public class TrainingLimitTests
{
    private static readonly LabelledSamples s_train = TestModels.Samples(40, 1);
    private static readonly LabelledSamples s_none = new([], [], s_train.Width);

    /// <summary>One batch of one epoch, so that a run is one step.</summary>
    private static readonly TrainingOptions s_oneStep = new() { Epochs = 1, BatchSize = 40, LearningRate = 1, Optimizer = new Sgd { Momentum = 0 }, Schedule = LearningRateSchedule.Constant };

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.25)]
    public void AStepIsNotLongerThanTheRateTimesTheLimit(double limit)
    {
        var free = Length(s_oneStep);
        Assert.True(free > 0.3, $"the free step is {free} long: the limit would have nothing to do");
        Assert.Equal(limit, Length(s_oneStep with { ClipNorm = limit }), 1e-4);
        Assert.Equal(free, Length(s_oneStep with { ClipNorm = 1000 }));
    }

    [Fact]
    public void LossScalingDoesNotMoveTheLimit() =>
        Assert.Equal(Length(s_oneStep with { ClipNorm = 0.125 }), Length(s_oneStep with { ClipNorm = 0.125, LossScaling = 1024 }), 1e-6);

    [Fact]
    public void TheStepSizeRisesAlongALine()
    {
        Assert.Equal(0.25 * Length(s_oneStep), Length(s_oneStep with { WarmUp = 4 }), 1e-5);

        // Two batches of half an epoch each: the second is at the full size already.
        var half = s_oneStep with { BatchSize = 20, WarmUp = 1 };
        Assert.NotEqual(Length(half), Length(half with { WarmUp = 0.5 }));
        Assert.Equal(Length(half with { WarmUp = 0 }), Length(half with { WarmUp = 0.5 }));
    }

    [Theory]
    [InlineData(0.0, null, "WarmUp = 1 and ClipNorm = 1")]
    [InlineData(1.0, null, "ClipNorm = 1")]
    [InlineData(0.0, 1e30, "WarmUp = 1")]
    public void AnErrorNamesEpochLayerAndRemedy(double warmUp, double? limit, string remedy)
    {
        var options = s_oneStep with { Epochs = 40, BatchSize = 8, LearningRate = 1e20, WarmUp = warmUp, ClipNorm = limit };
        var error = Assert.Throws<ArithmeticException>(() => Run(options));
        Assert.Contains("epoch ", error.Message);
        Assert.Contains("weights of ", error.Message);
        Assert.Matches("0/Hidden|1/Out", error.Message);
        Assert.Contains(remedy, error.Message);
        Assert.Contains("1E+20", error.Message);
    }

    [Fact]
    public void FingerprintsTellGraphsApart()
    {
        ModelDescription[] models =
        [
            Graph(),
            Graph(stride: 2, size: 11),
            Graph(from: -1),
            Graph(dropout: 0.25),
            Graph(dropout: 0.5),
            Graph(norm: new BatchNormDescription()),
            Graph(norm: new BatchNormDescription(1e-3)),
            Graph(norm: new BatchNormDescription(1e-3, 0.3)),
        ];
        TrainingOptions[] options = [new(), new() { WarmUp = 2 }, new() { ClipNorm = 3 }];
        var prints = models.Select(model => (model, options[0])).Concat(options[1..].Select(option => (models[0], option))).Select(it => Convert.ToHexString(RunFingerprint.Of(it.Item1, it.Item2, Normalisation.None, s_train, s_none))).ToArray();
        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(prints[0], Convert.ToHexString(RunFingerprint.Of(Graph(), new(), Normalisation.None, s_train, s_none)));

        static ModelDescription Graph(int stride = 1, int size = 6, int? from = null, double dropout = 0, BatchNormDescription? norm = null) =>
            new GraphBuilder(2, size, size).Conv(2, 1, with: layer => layer with { BatchNorm = norm }).Conv(2, 1, stride, from: from).Pool("MaxPool", [1, 1, 1, 1, 0, 0, 0], dropout).Dense(3).Model;
    }

    /// <summary>How far the weights and biases of a run end from those that one with hardly any step ends at.</summary>
    private static double Length(TrainingOptions options)
    {
        var (start, end) = (Run(options with { LearningRate = 1e-30 }), Run(options));
        return Math.Sqrt(start.Zip(end).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2)));
    }

    private static float[] Run(TrainingOptions options)
    {
        var model = new ModelDescription { Name = "Tests.Limits", Layers = [TestModels.Dense("0/Hidden", s_train.Width, 12, Activation.Relu), TestModels.Dense("1/Out", 12, 3)] };
        var trained = new Trainer(model, options).Run(s_train, s_none, TestContext.Current.CancellationToken);
        return [.. trained.Weights.Layers.Cast<FloatLayerWeights>().SelectMany(layer => layer.Values.Concat(layer.Bias.ToArray()))];
    }
}
