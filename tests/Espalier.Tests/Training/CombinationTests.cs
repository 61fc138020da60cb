using Xunit;
using static Espalier.Tests.Harness.TestModels;

namespace Espalier.Tests.Training;

public class CombinationTests
{
    public static TheoryData<Precision, double, int> Combinations
    {
        get
        {
            var data = new TheoryData<Precision, double, int>();
            foreach (var precision in new[] { Precision.Fp32, Precision.Int8, Precision.Fp16 })
            {
                foreach (var sparsity in new[] { 0, 0.6 })
                {
                    foreach (var clusters in new[] { 0, 8 })
                    {
                        data.Add(precision, sparsity, clusters);
                    }
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Combinations))]
    public void EveryCombinationLearnsAndSurvivesItsArtifact(Precision precision, double sparsity, int clusters)
    {
        var model = Model(Activation.Relu, precision, sparsity > 0 ? sparsity : null, clusters > 0 ? clusters : null);
        var trained = new Trainer(model, new TrainingOptions { Epochs = 15 }).Run(Samples(300, 1), Samples(90, 2), TestContext.Current.CancellationToken);
        Assert.True(trained.ValidationAccuracy > 0.95, $"validation accuracy {trained.ValidationAccuracy}");
        if (sparsity > 0)
        {
            Assert.True(trained.Weights.Layers[0].Density <= 1 - sparsity + 0.01);
        }

        var decoded = Artifact.Decode(Artifact.From(trained).Blob.Span, model, "blob");
        for (var layer = 0; layer < 2; layer++)
        {
            for (var i = 0; i < model.Layers[layer].Inputs * model.Layers[layer].Outputs; i++)
            {
                var (output, input) = (i / model.Layers[layer].Inputs, i % model.Layers[layer].Inputs);
                Assert.Equal(trained.Weights.Layers[layer].Weight(output, input), decoded.Layers[layer].Weight(output, input));
            }

            Assert.Equal(trained.Weights.Layers[layer].Bias.ToArray(), decoded.Layers[layer].Bias.ToArray());
        }
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    public void InputsOfFourteenBitsAreCloserToFloats(Activation activation)
    {
        ModelDescription With(Precision inputs)
        {
            var model = Model(activation, Precision.Int8, null, null);
            return model with { Layers = [.. model.Layers.Select(layer => layer with { Quantization = layer.Quantization with { Inputs = inputs } })] };
        }

        TrainedModel Train(Precision inputs) => new Trainer(With(inputs), new TrainingOptions { Epochs = 20, LearningRate = 0.01 }).Run(Samples(300, 1), Samples(90, 2), TestContext.Current.CancellationToken);
        var (seven, fourteen) = (Train(Precision.Int8), Train(Precision.Int16));
        Assert.True(fourteen.ValidationAccuracy > 0.95, $"validation accuracy {fourteen.ValidationAccuracy}");
        var (narrow, wide) = (((IntegerLayerWeights)seven.Weights.Layers[0]).InputGrid, ((IntegerLayerWeights)fourteen.Weights.Layers[0]).InputGrid);
        Assert.Equal(16383, wide.Top);
        Assert.Equal(129, narrow.Scale / wide.Scale, 0.01);
    }

    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    public void IntegerNetworksLearnWithActivationsOnTheGrid(Activation activation)
    {
        var trained = new Trainer(Model(activation, Precision.Int8, null, null), new TrainingOptions { Epochs = 20, LearningRate = 0.01 }).Run(Samples(300, 1), Samples(90, 2), TestContext.Current.CancellationToken);
        Assert.True(trained.ValidationAccuracy > 0.95, $"validation accuracy {trained.ValidationAccuracy}");
    }
}
