using Espalier.Tests.Harness;
using Xunit;
using static Espalier.Tests.Harness.TestModels;

namespace Espalier.Tests.Training;

public class TrainerTests
{
    private static readonly ModelDescription s_everything = Model(Activation.Relu, Precision.Int8, 0.5, 8);

    [Fact]
    public void EqualSeedsGiveEqualBlobs()
    {
        byte[] Train(int seed) => Artifact.From(new Trainer(s_everything, new TrainingOptions { Epochs = 3, Seed = seed }).Run(Samples(100, 1), Samples(30, 2), TestContext.Current.CancellationToken)).Blob.ToArray();
        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void NothingIsLearnedFromValidationSamples()
    {
        sbyte[] Train(LabelledSamples validation) =>
            [.. new Trainer(s_everything, new TrainingOptions { Epochs = 2 }).Run(Samples(100, 1), validation, TestContext.Current.CancellationToken).Weights.Layers.SelectMany(layer => ((IntegerLayerWeights)layer).Codes)];
        Assert.Equal(Train(Samples(30, 2)), Train(Samples(50, 3)));
    }

    [Fact]
    public void ValidationMayBeEmpty()
    {
        var trained = new Trainer(s_everything, new TrainingOptions { Epochs = 2 }).Run(Samples(100, 1), new LabelledSamples([], [], 9), TestContext.Current.CancellationToken);
        Assert.Equal(0, trained.ValidationAccuracy);
        Assert.All(trained.Stages, stage => Assert.Equal(0, stage.ValidationAccuracy));
    }

    [Fact]
    public void CancellationBeforehandStopsTheRun()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Trainer(Model(Activation.Relu, Precision.Fp32, null, null)).Run(Samples(30, 1), Samples(30, 2), source.Token));
    }

    [Theory]
    [InlineData(TrainingStage.Dense)]
    [InlineData(TrainingStage.Prune)]
    [InlineData(TrainingStage.Share)]
    public void CancellationAmidAStageStopsTheRunThere(TrainingStage stage)
    {
        using var source = new CancellationTokenSource();
        var reports = new Reports(report =>
        {
            if (report.Stage == stage && report.Epoch == 2)
            {
                source.Cancel();
            }
        });
        var trainer = new Trainer(s_everything, new TrainingOptions { Epochs = 3, PruneEpochs = 3, ShareEpochs = 3 }) { Progress = reports };
        Assert.Throws<OperationCanceledException>(() => trainer.Run(Samples(30, 1), Samples(30, 2), source.Token));
        Assert.Equal((stage, 2), (reports.All[^1].Stage, reports.All[^1].Epoch));
    }

    [Theory]
    [InlineData(1, true, 0)]
    [InlineData(1000, true, 0)]
    [InlineData(1000, false, 0.5)]
    public void StepsThatAreTooLargeAreToldWithTheRemedy(int samples, bool bias, double decay)
    {
        // One sample is one step, whose loss comes before it: only the weights show that it went too far.
        var model = Model(Activation.Relu, Precision.Int8, null, null);
        model = model with { Layers = [.. model.Layers.Select(layer => layer with { Bias = bias })] };
        var options = new TrainingOptions { Epochs = 1, LearningRate = 1e39, WeightDecay = decay, Optimizer = new Sgd() };
        var error = Assert.Throws<ArithmeticException>(() => new Trainer(model, options).Run(Samples(samples, 1), Samples(30, 2), TestContext.Current.CancellationToken));
        Assert.Contains("Tests.Model", error.Message);
        Assert.Contains("1E+39", error.Message);
        Assert.Contains("try a tenth", error.Message);
    }
}
