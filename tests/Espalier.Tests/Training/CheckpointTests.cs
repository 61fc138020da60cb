using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>A run that is stopped after any epoch and goes on in a fresh trainer ends in the same weights, bit for bit.</summary>
public class CheckpointTests
{
    private static readonly LabelledSamples s_train = TestModels.Samples(60, 1);
    private static readonly LabelledSamples s_validation = TestModels.Samples(30, 2);

    public static TheoryData<string, int> Stops
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var optimizer in new[] { "sgd", "nesterov", "adam" })
            {
                // 4 dense epochs, 4 that prune, 2 that share; a run that is stopped after the last ends as usual.
                for (var epochs = 1; epochs < 10; epochs++)
                {
                    data.Add(optimizer, epochs);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Stops))]
    public void AStoppedRunEndsInTheSameWeights(string optimizer, int epochs)
    {
        using var folder = new TemporaryFolder();
        var model = TestModels.Model(Activation.Relu, Precision.Int8, 0.5, 4);
        var options = Options(optimizer);
        var whole = new Trainer(model, options).Run(s_train, s_validation, TestContext.Current.CancellationToken);

        var path = Path.Combine(folder.Path, "run.checkpoint");
        using var stop = new CancellationTokenSource();
        var stopped = new Trainer(model, options with { Checkpoint = path }) { Progress = new After(epochs, stop.Cancel) };
        Assert.Throws<OperationCanceledException>(() => stopped.Run(s_train, s_validation, stop.Token));
        Assert.True(File.Exists(path));
        var resumed = new Trainer(model, options with { Checkpoint = path }).Run(s_train, s_validation, TestContext.Current.CancellationToken);
        Assert.False(File.Exists(path));
        AssertEqual(whole, resumed);
    }

    /// <summary>Splicing has a second copy of the weights, sharing centroids that were drawn by chance.</summary>
    [Theory, InlineData(5), InlineData(7), InlineData(8), InlineData(9)]
    public void FreeCopiesAndProjectedCentroidsAreRememberedToo(int epochs)
    {
        using var folder = new TemporaryFolder();
        var model = TestModels.Model(Activation.Relu, Precision.Int8, 0.7, 4);
        var options = Options("sgd") with
        {
            Pruning = new PruningOptions { Scope = PruningScope.Global, Splicing = true, ReturnRate = 1, WeighPlaces = true, RemoveDead = true },
            Sharing = new SharingOptions { Start = ClusterStart.Random, Rate = 0.01, ProjectSteps = true },
            BiasBits = 6,
        };
        var whole = new Trainer(model, options).Run(s_train, s_validation, TestContext.Current.CancellationToken);
        var path = Path.Combine(folder.Path, "run.checkpoint");
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new Trainer(model, options with { Checkpoint = path }) { Progress = new After(epochs, stop.Cancel) }.Run(s_train, s_validation, stop.Token));
        AssertEqual(whole, new Trainer(model, options with { Checkpoint = path }).Run(s_train, s_validation, TestContext.Current.CancellationToken));
    }

    public static TheoryData<Precision, Precision, double, int> LowPrecisionStops
    {
        get
        {
            var data = new TheoryData<Precision, Precision, double, int>();
            foreach (var (weights, gradients) in new[] { (Precision.Int8, Precision.Fp32), (Precision.Int8, Precision.Int8), (Precision.Int16, Precision.Int16), (Precision.Fp16, Precision.Fp16), (Precision.Bf16, Precision.Bf16), (Precision.Ternary, Precision.Fp32) })
            {
                foreach (var epochs in weights == Precision.Ternary ? new[] { 1, 5, 7 } : [1, 3, 5, 8, 9])
                {
                    data.Add(weights, gradients, 0.5, epochs);
                }
            }

            return data;
        }
    }

    /// <summary>Points, the random numbers of weights and gradients, the loss scale and the counts of lost updates are remembered as well.</summary>
    [Theory, MemberData(nameof(LowPrecisionStops))]
    public void RunsWithoutMasterWeightsEndInTheSameWeights(Precision weights, Precision gradients, double sparsity, int epochs)
    {
        using var folder = new TemporaryFolder();
        var plain = TestModels.Model(Activation.Relu, weights, sparsity, weights == Precision.Ternary ? null : 4);
        var model = plain with
        {
            Layers = [.. plain.Layers.Select(layer => layer with { Quantization = layer.Quantization with { MasterWeights = false, Rounding = Rounding.Stochastic, Gradients = gradients } })],
        };

        // From 2⁴⁰ the factor falls while gradients of fp16 overflow, and rises again.
        var options = Options("sgd") with { DynamicLossScaling = true, LossScaling = 1L << 40, LossScalingGrowth = 3 };
        var seen = new List<TrainingProgress>();
        var whole = new Trainer(model, options) { Progress = new Into(seen) }.Run(s_train, s_validation, TestContext.Current.CancellationToken);
        var path = Path.Combine(folder.Path, "run.checkpoint");
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new Trainer(model, options with { Checkpoint = path }) { Progress = new After(epochs, stop.Cancel) }.Run(s_train, s_validation, stop.Token));
        var resumed = new List<TrainingProgress>();
        AssertEqual(whole, new Trainer(model, options with { Checkpoint = path }) { Progress = new Into(resumed) }.Run(s_train, s_validation, TestContext.Current.CancellationToken));
        Assert.Equal(
            seen.Skip(epochs).Select(epoch => (epoch.Loss, epoch.Underflow, epoch.LossScaling, epoch.SkippedSteps)),
            resumed.Select(epoch => (epoch.Loss, epoch.Underflow, epoch.LossScaling, epoch.SkippedSteps)));
        Assert.Equal(gradients == Precision.Fp16, seen[^2].SkippedSteps > 0);
    }

    [Fact]
    public void PatienceIsRememberedToo()
    {
        using var folder = new TemporaryFolder();
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, null, null);
        var options = Options("sgd") with { Epochs = 40, Patience = 3 };
        var whole = new Trainer(model, options).Run(s_train, s_validation, TestContext.Current.CancellationToken);
        Assert.InRange(whole.Stages[0].Epochs, 4, 39);
        var path = Path.Combine(folder.Path, "run.checkpoint");
        for (var epochs = 1; epochs < whole.Stages[0].Epochs; epochs += 2)
        {
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => new Trainer(model, options with { Checkpoint = path }) { Progress = new After(epochs, stop.Cancel) }.Run(s_train, s_validation, stop.Token));
            var resumed = new Trainer(model, options with { Checkpoint = path }).Run(s_train, s_validation, TestContext.Current.CancellationToken);
            Assert.Equal(whole.Stages[0].Epochs, resumed.Stages[0].Epochs);
            AssertEqual(whole, resumed);
        }
    }

    [Fact]
    public void CheckpointsOfOtherRunsAndDamagedOnesAreTurnedAway()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "run.checkpoint");
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, null, null);
        var options = Options("sgd") with { Checkpoint = path };
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => new Trainer(model, options) { Progress = new After(2, stop.Cancel) }.Run(s_train, s_validation, stop.Token));

        Assert.Contains("another", Assert.Throws<InvalidDataException>(() => new Trainer(model, options with { Seed = 9 }).Run(s_train, s_validation, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new Trainer(model, options).Run(s_validation, s_validation, TestContext.Current.CancellationToken));

        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^1]);
        Assert.Contains("no complete checkpoint", Assert.Throws<InvalidDataException>(() => new Trainer(model, options).Run(s_train, s_validation, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, []);
        Assert.Throws<InvalidDataException>(() => new Trainer(model, options).Run(s_train, s_validation, TestContext.Current.CancellationToken));
    }

    private static TrainingOptions Options(string optimizer) => new()
    {
        Epochs = 4,
        BatchSize = 16,
        LearningRate = optimizer == "adam" ? 0.01 : 0.05,
        Optimizer = optimizer == "adam" ? new Adam() : new Sgd { Nesterov = optimizer == "nesterov" },
    };

    private static void AssertEqual(TrainedModel expected, TrainedModel actual)
    {
        Assert.Equal(expected.ValidationAccuracy, actual.ValidationAccuracy);
        Assert.Equal(expected.Stages.Select(stage => (stage.Stage, stage.Epochs, stage.Loss, stage.Density, stage.Underflow)), actual.Stages.Select(stage => (stage.Stage, stage.Epochs, stage.Loss, stage.Density, stage.Underflow)));
        foreach (var (one, other) in expected.Weights.Layers.Zip(actual.Weights.Layers))
        {
            for (var i = 0; i < one.Layer.Inputs * one.Layer.Outputs; i++)
            {
                Assert.Equal(one.Weight(i / one.Layer.Inputs, i % one.Layer.Inputs), other.Weight(i / one.Layer.Inputs, i % one.Layer.Inputs));
            }

            Assert.Equal(one.Bias.ToArray(), other.Bias.ToArray());
        }

        var (first, second) = (new float[expected.Weights.Model.Outputs], new float[expected.Weights.Model.Outputs]);
        expected.Reference.Predict(s_train.Input(0), first);
        actual.Reference.Predict(s_train.Input(0), second);
        Assert.Equal(first, second);
    }

    private sealed class Into(List<TrainingProgress> list) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => list.Add(value);
    }

    private sealed class After(int epochs, Action then) : IProgress<TrainingProgress>
    {
        private int _seen;

        public void Report(TrainingProgress value)
        {
            if (++_seen == epochs)
            {
                then();
            }
        }
    }
}
