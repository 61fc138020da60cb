using Espalier.Numerics;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Training without master weights: weights live on their Int8 grid, and only rounding decides what becomes of small updates.</summary>
public class LowPrecisionTests
{
    private const int Epochs = 40;

    // Small enough that no update of plain SGD reaches half a step: gradients here are below 1, steps of the grid above 0.01.
    private static readonly TrainingOptions s_options = new()
    {
        Epochs = Epochs,
        LearningRate = 0.004,
        Optimizer = new Sgd { Momentum = 0 },
        Schedule = LearningRateSchedule.Constant,
        Normalisation = Normalisation.None,
    };

    [Fact]
    public void StochasticRoundingLearnsFromUpdatesBelowHalfAStep()
    {
        var trained = Train(Rounding.Stochastic, Epochs);
        Assert.True(trained.ValidationAccuracy > 0.95, $"validation accuracy {trained.ValidationAccuracy}");
        Assert.NotEqual(Weights(Train(Rounding.Stochastic, 0)), Weights(trained));
    }

    [Fact]
    public void NearestRoundingLosesThem()
    {
        var trained = Train(Rounding.Nearest, Epochs);
        Assert.Equal(Weights(Train(Rounding.Nearest, 0)), Weights(trained));
        Assert.True(trained.ValidationAccuracy < 0.9, $"validation accuracy {trained.ValidationAccuracy}");
    }

    public static TheoryData<Precision, Rounding> Grids
    {
        get
        {
            var data = new TheoryData<Precision, Rounding>();
            foreach (var precision in new[] { Precision.Int16, Precision.Int8, Precision.Int4, Precision.Ternary, Precision.Binary, Precision.Fp16, Precision.Bf16 })
            {
                data.Add(precision, Rounding.Nearest);
                data.Add(precision, Rounding.Stochastic);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Grids))]
    public void WeightsStayOnTheirGrid(Precision precision, Rounding rounding)
    {
        var network = TrainingSteps.Begin(Model(rounding, precision), 30, new Sgd());
        for (var i = 0; i < 20; i++)
        {
            TrainingSteps.Step(network, TestModels.Samples(30, i), 0.1f);
        }

        Assert.All(network.Weighted, layer => AssertOnGrid(layer, precision));
        Assert.True(network.Layers[0].CopyWeights().Distinct().Count() > (precision is Precision.Ternary or Precision.Binary or Precision.Int4 ? 2 : 5));
    }

    /// <summary>Masks and codebooks hold besides, and what they set are points.</summary>
    [Theory, MemberData(nameof(Grids))]
    public void ConstraintsHoldOnTheGrid(Precision precision, Rounding rounding)
    {
        var network = TrainingSteps.Begin(Model(rounding, precision), 30, new Sgd());
        var (masked, shared) = (network.Weighted[0], network.Weighted[1]);
        masked.Constraints.Mask([.. Enumerable.Range(0, masked.Constraints.Weights.Length).Select(i => i % 3 == 0)]);
        var assignment = Enumerable.Range(0, shared.Constraints.Weights.Length).Select(i => i % shared.OutputStride < 3 ? (i % 4) - 1 : -1).ToArray();
        shared.Constraints.Share(assignment, [-0.31f, 0.2f, 0.47f]);
        for (var i = 0; i < 20; i++)
        {
            TrainingSteps.Step(network, TestModels.Samples(30, i), 0.1f);
        }

        AssertOnGrid(masked, precision);
        AssertOnGrid(shared, precision);
        Assert.All(Enumerable.Range(0, masked.Constraints.Weights.Length).Where(i => i % 3 != 0), i => Assert.Equal(0, masked.Constraints.Weights[i]));
        Assert.True(shared.CopyWeights().Distinct().Count() <= 4);
        Assert.Equal(shared.CopyWeights(), AfterPointsAlone(network).Layers[1].CopyWeights());
        Assert.Equal(masked.CopyWeights(), AfterPointsAlone(network).Layers[0].CopyWeights());
    }

    /// <summary>Nothing is kept but points: what they decode to is all of the weights, so that a checkpoint holds one byte for an 8-bit weight.</summary>
    [Theory]
    [InlineData(Precision.Int8, 1)]
    [InlineData(Precision.Int16, 2)]
    [InlineData(Precision.Fp16, 2)]
    [InlineData(Precision.Bf16, 2)]
    public void PointsAreAllThatIsKept(Precision precision, int bytes)
    {
        var network = TrainingSteps.Begin(Model(Rounding.Stochastic, precision), 30, new Sgd { Momentum = 0 });
        TrainingSteps.Step(network, TestModels.Samples(30, 1), 0.1f);
        Assert.Equal(network.Layers[0].CopyWeights(), AfterPointsAlone(network).Layers[0].CopyWeights());
        var stream = new MemoryStream();
        network.Layers[0].VisitParameters(new StateWriter(stream));
        var layer = network.Layers[0];
        Assert.Equal((layer.Layer.Inputs * layer.OutputStride * bytes) + (layer.OutputStride * sizeof(float)), stream.Length);
    }

    /// <summary>What is stored and run in the end are the very points of training, not another rounding of them.</summary>
    [Theory]
    [InlineData(Precision.Int8)]
    [InlineData(Precision.Int4)]
    public void KernelsGetThePointsOfTraining(Precision precision)
    {
        var network = TrainingSteps.Begin(Model(Rounding.Stochastic, precision), 30, new Sgd());
        for (var i = 0; i < 20; i++)
        {
            TrainingSteps.Step(network, TestModels.Samples(30, i), 0.1f);
        }

        var weights = ModelQuantizer.Quantize(network, ActivationCalibration.Of(network, TestModels.Samples(30, 1), new MinMaxCalibration()));
        Assert.All(network.Layers.Zip(weights.Layers), pair => Assert.Equal(pair.First.CopyWeights(), Weights(pair.Second)));
    }

    [Fact]
    public void SplicingNeedsMasterWeights()
    {
        var plain = Model(Rounding.Stochastic);
        var model = plain with { Layers = [.. plain.Layers.Select(layer => layer with { Pruning = new PruningDescription(0.5) })] };
        var error = Assert.Throws<ArgumentException>(() => new Trainer(model, s_options with { Pruning = new PruningOptions { Splicing = true } }).Run(TestModels.Samples(30, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken));
        Assert.Contains("0/Hidden has no master weights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LostUpdatesAreReported()
    {
        foreach (var (rounding, rate, low, high) in new[] { (Rounding.Stochastic, 0.004, 0.99, 1.0), (Rounding.Nearest, 0.004, 0.99, 1.0), (Rounding.Stochastic, 1, 0.0, 0.9) })
        {
            var epochs = new List<TrainingProgress>();
            var trained = new Trainer(Model(rounding), s_options with { Epochs = 1, LearningRate = rate }) { Progress = new Into(epochs) }.Run(TestModels.Samples(300, 1), TestModels.Samples(90, 2), TestContext.Current.CancellationToken);
            Assert.All(epochs.Take(1), epoch => Assert.InRange(epoch.Underflow!.Value, low, high));
            Assert.InRange(trained.Stages[0].Underflow!.Value, low, high);
            Assert.Contains(FormattableString.Invariant($"{trained.Stages[0].Underflow:P1}"), trained.Report.ToString(), StringComparison.Ordinal);
            Assert.Contains("ΔW = 0", trained.Report.ToString(), StringComparison.Ordinal);
        }

        var master = new Trainer(TestModels.Model(Activation.Relu, Precision.Int8, null, null), s_options with { Epochs = 1 }).Run(TestModels.Samples(300, 1), TestModels.Samples(90, 2), TestContext.Current.CancellationToken);
        Assert.Null(master.Stages[0].Underflow);
    }

    private static void AssertOnGrid(WeightedTraining layer, Precision precision)
    {
        var top = precision switch { Precision.Int16 => 32767, Precision.Int8 => 127, Precision.Int4 => 7, _ => 1 };
        Assert.All(layer.CopyWeights(), weight =>
        {
            if (layer.WeightStep is { } step)
            {
                Assert.Equal(MathF.Round(weight / step), weight / step);
                Assert.True(MathF.Abs(weight) <= top * step);
            }
            else
            {
                Assert.Equal(precision == Precision.Fp16 ? (float)(Half)weight : StoredFormats.ToBf16(weight), weight);
            }
        });

        // Fixed point: a power of two.
        Assert.True(layer.WeightStep is null || MathF.ILogB(layer.WeightStep.Value) == MathF.Log2(layer.WeightStep.Value));
    }

    /// <summary>Another network with nothing of this one but the points.</summary>
    private static NetworkTraining AfterPointsAlone(NetworkTraining network)
    {
        var stream = new MemoryStream();
        foreach (var layer in network.Layers)
        {
            layer.Visit(new StateWriter(stream));
        }

        stream.Position = 0;
        var other = TrainingSteps.Begin(network.Model, network.Batch, new Sgd(), 99);
        foreach (var layer in other.Layers)
        {
            layer.Visit(new StateReader(stream));
        }

        return other;
    }

    private static float[] Weights(LayerWeights weights) =>
        [.. Enumerable.Range(0, weights.Layer.Outputs * weights.Layer.Inputs).Select(i => weights.Weight(i / weights.Layer.Inputs, i % weights.Layer.Inputs))];

    private sealed class Into(List<TrainingProgress> list) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => list.Add(value);
    }

    private static float[] Weights(TrainedModel trained) => Weights(trained.Weights.Layers[0]);

    private static TrainedModel Train(Rounding rounding, int epochs) =>
        new Trainer(Model(rounding), s_options with { Epochs = epochs }).Run(TestModels.Samples(300, 1), TestModels.Samples(90, 2), TestContext.Current.CancellationToken);

    /// <summary>Without biases, which stay in full precision and would learn a little either way.</summary>
    private static ModelDescription Model(Rounding rounding, Precision precision = Precision.Int8)
    {
        var model = TestModels.Model(Activation.Relu, precision, null, null);
        return model with
        {
            Layers = [.. model.Layers.Select(layer => layer with { Bias = false, Quantization = layer.Quantization with { Inputs = precision is Precision.Int16 or Precision.Fp16 or Precision.Bf16 ? Precision.Fp32 : Precision.Int8, MasterWeights = false, Rounding = rounding } })],
        };
    }
}
