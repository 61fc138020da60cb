using Xunit;

namespace Espalier.Tests.LowPrecision;

public class LinearModelTrainingTests
{
    private const int Width = 100;
    private const int Count = 4000;

    /// <summary>Updates here are below half a step of the model's 255 points, so nearest rounding loses them.</summary>
    [Theory]
    [InlineData(LinearLoss.Logistic, 0.004)]
    [InlineData(LinearLoss.Squared, 0.001)]
    public void BytesReachNearlyTheLossOfFloatsByStochasticRoundingAlone(LinearLoss loss, double rate)
    {
        var start = Loss(loss, DmgcSignature.D32FM32F, Rounding.Nearest, RandomDraw.Fresh, rate, epochs: 0);
        var full = Loss(loss, DmgcSignature.D32FM32F, Rounding.Nearest, RandomDraw.Fresh, rate);
        var fresh = Loss(loss, DmgcSignature.D8M8, Rounding.Stochastic, RandomDraw.Fresh, rate);
        var shared = Loss(loss, DmgcSignature.D8M8, Rounding.Stochastic, RandomDraw.Shared, rate);
        var nearest = Loss(loss, DmgcSignature.D8M8, Rounding.Nearest, RandomDraw.Fresh, rate);
        var wide = Loss(loss, DmgcSignature.D16M16, Rounding.Stochastic, RandomDraw.Shared, rate);
        var all = $"start {start}, D32fM32f {full}, D8M8 fresh {fresh}, shared {shared}, nearest {nearest}, D16M16 {wide}";
        Assert.True(full < 0.6 * start, all);
        Assert.True(fresh < full + (0.1 * (start - full)), all);
        Assert.True(shared < full + (0.1 * (start - full)), all);
        Assert.True(wide < full + (0.02 * (start - full)), all);
        Assert.True(nearest > full + (0.5 * (start - full)), all);
    }

    [Fact]
    public void ThreadsShareOneModel()
    {
        var alone = Loss(LinearLoss.Logistic, DmgcSignature.D8M8, Rounding.Stochastic, RandomDraw.Shared, 0.004);
        var together = Loss(LinearLoss.Logistic, DmgcSignature.D8M8, Rounding.Stochastic, RandomDraw.Shared, 0.004, threads: 4);
        Assert.InRange(together, 0.8 * alone, 1.2 * alone);
    }

    /// <summary>A sample moves every weight by chance; the mean of sixteen moves it less. Nearest rounding of the mean loses what one sample's loses, and more.</summary>
    [Theory]
    [InlineData("D8M8")]
    [InlineData("D16M16")]
    [InlineData("D32fM32f")]
    public void BatchesLearnWithLessNoise(string signature)
    {
        var of = DmgcSignature.Parse(signature);
        var single = Loss(LinearLoss.Squared, of, Rounding.Stochastic, RandomDraw.Fresh, 0.002, epochs: 20);
        var batched = Loss(LinearLoss.Squared, of, Rounding.Stochastic, RandomDraw.Fresh, 0.032, epochs: 20, batch: 16);
        var together = Loss(LinearLoss.Squared, of, Rounding.Stochastic, RandomDraw.Fresh, 0.032, epochs: 20, threads: 2, batch: 16);
        var full = Loss(LinearLoss.Squared, DmgcSignature.D32FM32F, Rounding.Nearest, RandomDraw.Fresh, 0.002, epochs: 20);
        var all = $"{signature}: {single}, in batches {batched}, by two threads {together}, D32fM32f {full}";
        Assert.True(batched - full < 0.5 * (single - full) + (0.02 * full), all);
        Assert.InRange(together, 0.9 * batched, 1.1 * batched);
    }

    [Theory]
    [InlineData("D8M8")]
    [InlineData("D16M16")]
    [InlineData("D32fM32f")]
    public void OneThreadAndOneSeedGiveOneModel(string signature)
    {
        var (inputs, targets) = Samples(LinearLoss.Logistic);
        float[] Weights(int seed)
        {
            var training = new LinearModelTraining(inputs, targets, Width, new LinearTrainingOptions { Signature = DmgcSignature.Parse(signature), Seed = seed });
            Assert.True(training.Epoch(TestContext.Current.CancellationToken).NumbersPerSecond > 0);
            return training.CopyWeights();
        }

        Assert.Equal(Weights(1), Weights(1));
        Assert.Equal(signature == "D32fM32f", Weights(1).SequenceEqual(Weights(2)));
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LinearModelTraining(new float[3], new float[2], 2));
        Assert.Throws<ArgumentException>(() => new LinearModelTraining([], [], 2));
        Assert.Throws<ArgumentException>(() => new LinearModelTraining([1, float.NaN], [1], 2));
        Assert.Throws<ArgumentException>(() => new LinearModelTraining([1, 2], [0.5f], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearModelTraining([1, 2], [1], 0));
        Assert.Throws<ArgumentException>(() => new LinearModelTraining([1, 2], [1], 2, new LinearTrainingOptions { LearningRate = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearModelTraining([1, 2], [1], 2, new LinearTrainingOptions { Threads = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearModelTraining([1, 2], [1], 2, new LinearTrainingOptions { BatchSize = 0 }));
        var error = Assert.Throws<NotSupportedException>(() => new LinearModelTraining([1, 2], [1], 2, new LinearTrainingOptions { Signature = DmgcSignature.Parse("D8i8M8") }));
        Assert.Contains("D8i8M8", error.Message, StringComparison.Ordinal);
        Assert.Contains("D8M8, D16M16, D32fM32f", error.Message, StringComparison.Ordinal);
    }

    private static double Loss(LinearLoss loss, DmgcSignature signature, Rounding rounding, RandomDraw draw, double rate, int epochs = 10, int threads = 1, int batch = 1)
    {
        var (inputs, targets) = Samples(loss);
        var training = new LinearModelTraining(inputs, targets, Width, new LinearTrainingOptions
        {
            Signature = signature,
            Loss = loss,
            Rounding = rounding,
            Draw = draw,
            LearningRate = rate,
            WeightRange = 2,
            Threads = threads,
            BatchSize = batch,
        });
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            training.Epoch(TestContext.Current.CancellationToken);
        }

        return training.MeanLoss();
    }

    private static (float[] Inputs, float[] Targets) Samples(LinearLoss loss)
    {
        var random = new Random(3);
        var hidden = Enumerable.Range(0, Width).Select(_ => (2 * random.NextSingle()) - 1).ToArray();
        var inputs = new float[Count * Width];
        var targets = new float[Count];
        for (var row = 0; row < Count; row++)
        {
            var sum = 0f;
            for (var i = 0; i < Width; i++)
            {
                inputs[(row * Width) + i] = (2 * random.NextSingle()) - 1;
                sum += inputs[(row * Width) + i] * hidden[i];
            }

            targets[row] = loss == LinearLoss.Squared ? sum + random.NextSingle() - 0.5f : sum + random.NextSingle() - 0.5f > 0 ? 1 : 0;
        }

        return (inputs, targets);
    }
}
