using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Schedules, early stopping and distillation.</summary>
public class TrainingChoiceTests
{
    private static readonly ModelDescription s_model = TestModels.Model(Activation.Relu, Precision.Fp32, null, null);

    [Fact]
    public void StepsOfAFactorOfOneAreAConstantRate()
    {
        var samples = TestModels.Samples(60, 1);
        var options = new TrainingOptions { Epochs = 6, Optimizer = new Sgd(), LearningRate = 0.05, Schedule = LearningRateSchedule.Constant };
        var constant = new Trainer(s_model, options).Run(samples, samples, TestContext.Current.CancellationToken);
        var steps = new Trainer(s_model, options with { Schedule = LearningRateSchedule.Step, ScheduleFactor = 1 }).Run(samples, samples, TestContext.Current.CancellationToken);
        var falling = new Trainer(s_model, options with { Schedule = LearningRateSchedule.Step, ScheduleSteps = 2, ScheduleFactor = 0.1 }).Run(samples, samples, TestContext.Current.CancellationToken);
        Assert.Equal(constant.Stages[0].Loss, steps.Stages[0].Loss);
        Assert.NotEqual(constant.Stages[0].Loss, falling.Stages[0].Loss);
    }

    [Fact]
    public void EarlyStoppingKeepsTheBestEpoch()
    {
        var (train, validation) = (TestModels.Samples(60, 1), TestModels.Samples(40, 2));
        var seen = new Accuracies();
        var trained = new Trainer(s_model, new TrainingOptions { Epochs = 60, Patience = 4, Optimizer = new Sgd(), LearningRate = 0.1 }) { Progress = seen }.Run(train, validation, TestContext.Current.CancellationToken);
        var dense = seen.Values[..trained.Stages[0].Epochs];
        Assert.Equal(dense.Max(), trained.Stages[0].ValidationAccuracy);
        Assert.Equal(dense.IndexOf(dense.Max()) + 1 + 4, dense.Count);
    }

    [Fact]
    public void TheGradientOfADistilledLossIsItsSlope()
    {
        float[] scores = [0.3f, -1.2f, 0.8f, 0.1f];
        float[] teacher = [1.5f, -0.5f, 0.2f, -2f];
        foreach (var distillation in new[] { new Distillation(teacher, 3, 0.7), new Distillation(teacher, 1, 1), new Distillation(teacher, 2, 0) })
        {
            var (gradient, unused) = (new float[4], new float[4]);
            SoftmaxLoss.Distilled(scores, 2, teacher, distillation, gradient);
            for (var i = 0; i < scores.Length; i++)
            {
                const float step = 0.01f;
                var (up, down) = ((float[])scores.Clone(), (float[])scores.Clone());
                up[i] += step;
                down[i] -= step;
                var slope = (SoftmaxLoss.Distilled(up, 2, teacher, distillation, unused) - SoftmaxLoss.Distilled(down, 2, teacher, distillation, unused)) / (up[i] - down[i]);
                Assert.Equal(slope, gradient[i], 2e-4);
            }
        }
    }

    [Fact]
    public void AStudentLearnsFromItsTeacherAlone()
    {
        // The labels are turned by one, and have no share in the loss: what is learned comes from the teacher.
        var samples = TestModels.Samples(200, 1);
        var teacher = new Trainer(s_model, new TrainingOptions { Epochs = 40 }).Run(samples, samples, TestContext.Current.CancellationToken);
        var wrong = new LabelledSamples([.. Enumerable.Range(0, samples.Count).SelectMany(i => samples.Input(i).ToArray())], [.. samples.Labels.ToArray().Select(label => (label + 1) % s_model.Outputs)], samples.Width);
        var student = new Trainer(s_model, new TrainingOptions { Epochs = 40, Seed = 5, Distillation = Distillation.From(teacher.Reference, samples, s_model.Outputs, mix: 1) }).Run(wrong, samples, TestContext.Current.CancellationToken);
        Assert.True(student.ValidationAccuracy > teacher.ValidationAccuracy - 0.05, $"{student.ValidationAccuracy} against {teacher.ValidationAccuracy}");
    }

    [Fact]
    public void DistillationThatDoesNotFitIsTurnedAway()
    {
        var samples = TestModels.Samples(10, 1);
        foreach (var wrong in new[] { new Distillation(new float[7]), new Distillation(new float[10 * s_model.Outputs], 0), new Distillation(new float[10 * s_model.Outputs], 1, 1.5) })
        {
            Assert.Throws<ArgumentException>(() => new Trainer(s_model, new TrainingOptions { Epochs = 1, Distillation = wrong }).Run(samples, samples, TestContext.Current.CancellationToken));
        }
    }

    private sealed class Accuracies : IProgress<TrainingProgress>
    {
        public List<double> Values { get; } = [];

        public void Report(TrainingProgress value) => Values.Add(value.ValidationAccuracy);
    }
}
