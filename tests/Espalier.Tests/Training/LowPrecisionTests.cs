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

    [Theory]
    [InlineData(Rounding.Nearest)]
    [InlineData(Rounding.Stochastic)]
    public void WeightsStayOnTheirGrid(Rounding rounding)
    {
        var network = TrainingSteps.Begin(Model(rounding), 30, new Sgd());
        for (var i = 0; i < 20; i++)
        {
            TrainingSteps.Step(network, TestModels.Samples(30, i), 0.1f);
        }

        foreach (var layer in network.Layers)
        {
            // The bound of the first weights, spread fourfold over the grid; see DenseTraining.
            var bound = MathF.Sqrt(layer.Layer.Activation == Activation.Relu ? 6f / layer.Layer.Inputs : 6f / (layer.Layer.Inputs + layer.Layer.Outputs));
            var step = 4 * bound / 127;
            Assert.All(layer.CopyWeights(), weight => Assert.Equal(MathF.Round(weight / step), weight / step, 1e-4f));
        }
    }

    private static float[] Weights(TrainedModel trained)
    {
        var first = trained.Weights.Layers[0];
        return [.. Enumerable.Range(0, first.Layer.Outputs * first.Layer.Inputs).Select(i => first.Weight(i / first.Layer.Inputs, i % first.Layer.Inputs))];
    }

    private static TrainedModel Train(Rounding rounding, int epochs) =>
        new Trainer(Model(rounding), s_options with { Epochs = epochs }).Run(TestModels.Samples(300, 1), TestModels.Samples(90, 2), TestContext.Current.CancellationToken);

    /// <summary>Without biases, which stay in full precision and would learn a little either way.</summary>
    private static ModelDescription Model(Rounding rounding)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Int8, null, null);
        return model with
        {
            Layers = [.. model.Layers.Select(layer => layer with { Bias = false, Quantization = layer.Quantization with { MasterWeights = false, Rounding = rounding } })],
        };
    }
}
