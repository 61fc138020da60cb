using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

public class ProgressTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void ProgressRisesToOneThroughTheStagesInOrder(bool prunes, bool shares)
    {
        var reports = new Reports();
        var model = TestModels.Model(Activation.Relu, Precision.Int8, prunes ? 0.5 : null, shares ? 8 : null);
        var options = new TrainingOptions { Epochs = 4, PruneEpochs = 3, ShareEpochs = 2 };
        var trained = new Trainer(model, options) { Progress = reports }.Run(TestModels.Samples(60, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken);

        var fractions = reports.All.Select(report => report.Fraction).ToArray();
        Assert.Equal(fractions.Distinct().Order(), fractions);
        Assert.True(fractions[0] > 0);
        Assert.Equal(1, fractions[^1]);

        (TrainingStage Stage, int Epochs)[] expected =
        [
            (TrainingStage.Dense, 4),
            .. prunes ? [(TrainingStage.Prune, 3)] : Array.Empty<(TrainingStage, int)>(),
            .. shares ? [(TrainingStage.Share, 2)] : Array.Empty<(TrainingStage, int)>(),
            (TrainingStage.Quantize, 0),
        ];
        Assert.Equal(expected, trained.Stages.Select(stage => (stage.Stage, stage.Epochs)));
        Assert.Equal(
            expected.SelectMany(stage => stage.Epochs == 0 ? [(stage.Stage, 0, 0)] : Enumerable.Range(1, stage.Epochs).Select(epoch => (stage.Stage, epoch, stage.Epochs))),
            reports.All.Select(report => (report.Stage, report.Epoch, report.Epochs)));
        Assert.Equal(trained.ValidationAccuracy, reports.All[^1].ValidationAccuracy);
    }

    [Fact]
    public void AttributesGiveWhatOptionsLeaveOpen()
    {
        var reports = new Reports();
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, null, null) with { Training = new TrainingDescription { Epochs = 2 } };
        new Trainer(model) { Progress = reports }.Run(TestModels.Samples(30, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken);
        Assert.Equal(3, reports.All.Count);
        new Trainer(model, new TrainingOptions { Epochs = 1 }) { Progress = reports }.Run(TestModels.Samples(30, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken);
        Assert.Equal(3 + 2, reports.All.Count);
    }
}
