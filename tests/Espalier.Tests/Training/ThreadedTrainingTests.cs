using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

public class ThreadedTrainingTests
{
    /// <summary>Wide enough for products to be shared; most inputs are 0 in the second case, so that both products are.</summary>
    [Theory]
    [InlineData(1.0)]
    [InlineData(0.15)]
    public void AnyNumberOfThreadsGivesTheSameWeights(double density)
    {
        var model = new ModelDescription { Name = "Tests.Wide", Layers = [TestModels.Dense("0/Hidden", 300, 400, Activation.Relu), TestModels.Dense("1/Out", 400, 100)] };
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, 200 * 300).Select(_ => random.NextDouble() < density ? random.NextSingle() : 0)];
        var samples = new LabelledSamples(inputs, [.. Enumerable.Range(0, 200).Select(i => i % 100)], 300);
        var none = new LabelledSamples([], [], 300);
        float[][] WeightsOf(int threads)
        {
            var trained = new Trainer(model, new TrainingOptions { Epochs = 2, BatchSize = 100, Threads = threads }).Run(samples, none, TestContext.Current.CancellationToken);
            return [.. trained.Weights.Layers.Select(layer => ((FloatLayerWeights)layer).Values)];
        }

        var expected = WeightsOf(1);
        foreach (var threads in new[] { 2, 3, 8 })
        {
            Assert.Equal(expected, WeightsOf(threads));
        }
    }

    [Fact]
    public void EveryRowIsComputedOnce()
    {
        var random = new Random(2);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        foreach (var rows in new[] { 16, 37, 100, 784 })
        {
            var (a, b) = (Numbers(rows * 300), Numbers(300 * 448));
            var (expected, c) = (new float[rows * 448], Numbers(rows * 448));
            MatrixProduct.Run(rows, 300, 448, a, 1, rows, b, default, expected);
            new ThreadedProduct(3).Dense(rows, 300, 448, a, 1, rows, b, default, c);
            Assert.Equal(expected, c);
        }
    }
}
