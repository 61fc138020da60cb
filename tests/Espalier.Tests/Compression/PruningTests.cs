using CsCheck;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Compression;

public class PruningTests
{
    [Fact]
    public void ExactlyTheShareIsRemovedAndTheLargestStay() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[0, 40], Gen.Double[0, 1], Gen.Bool, Gen.Int).Sample((count, padding, sparsity, ties, seed) =>
        {
            // With ties there are eight magnitudes only, each with both signs.
            var random = new Random(seed);
            var weights = new float[count + padding];
            for (var i = 0; i < count; i++)
            {
                weights[i] = (ties ? random.Next(1, 9) : random.NextSingle() + 1e-3f) * (random.Next(2) == 0 ? 1 : -1);
            }

            random.Shuffle(weights);
            var mask = MagnitudePruning.Mask(weights, count, sparsity);
            var removed = (int)Math.Round(sparsity * count, MidpointRounding.AwayFromZero);
            Assert.Equal(count - removed, mask.Count(kept => kept));
            var smallestKept = weights.Where((_, i) => mask[i]).Select(MathF.Abs).DefaultIfEmpty(float.MaxValue).Min();
            var largestRemoved = weights.Where((_, i) => !mask[i]).Select(MathF.Abs).DefaultIfEmpty(0).Max();
            Assert.True(largestRemoved <= smallestKept, $"{largestRemoved} was removed, {smallestKept} kept");
            Assert.Equal(mask, MagnitudePruning.Mask(weights, count, sparsity));
        });

    [Fact]
    public void ZerosAreNeverKept() =>
        Assert.Equal([false, true, false, false], MagnitudePruning.Mask([0, 3, -0f, 0], 4, 0.25));

    [Fact]
    public void TheGradualScheduleRisesToTheTarget()
    {
        foreach (var target in new[] { 0.0, 0.3, 0.9, 0.99 })
        {
            var ramp = Enumerable.Range(-5, 111).Select(percent => MagnitudePruning.Sparsity(target, percent / 100.0)).ToArray();
            Assert.Equal(ramp.Order(), ramp);
            Assert.Equal(0, ramp[0]);
            Assert.Equal(0, MagnitudePruning.Sparsity(target, 0));
            Assert.Equal(target, MagnitudePruning.Sparsity(target, 1));
            Assert.Equal(target, ramp[^1]);
        }
    }

    [Fact]
    public void MaskedWeightsStayZeroThroughRetraining()
    {
        // Momentum and decay keep pulling at masked weights; the mask must win after every step.
        foreach (var optimizer in new Optimizer[] { new Adam(), new Sgd() })
        {
            var network = TrainingSteps.Begin(TestModels.Model(Activation.Relu, Precision.Fp32, null, null), 30, optimizer);
            TrainingSteps.Step(network, TestModels.Samples(30, 1), 0.05f);
            var layer = network.Weighted[0];
            var size = layer.Layer.Inputs * layer.Layer.Outputs;
            layer.Constraints.Mask(MagnitudePruning.Mask(layer.Constraints.Weights, size, 0.6));
            var masked = Zeros(layer);
            Assert.Equal((int)Math.Round(0.6 * size), masked.Length);
            for (var step = 0; step < 10; step++)
            {
                TrainingSteps.Step(network, TestModels.Samples(30, step), 0.05f);
                Assert.Equal(masked, Zeros(layer));
            }
        }
    }

    [Theory]
    [InlineData(PruningSchedule.Gradual, 5)]
    [InlineData(PruningSchedule.OneShot, 5)]
    [InlineData(PruningSchedule.Gradual, 0)]
    [InlineData(PruningSchedule.Gradual, 1)]
    public void TrainedModelsHaveTheirSparsityExactly(PruningSchedule schedule, int pruneEpochs)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, 0.7, null);
        model = model with { Layers = [.. model.Layers.Select(layer => layer with { Pruning = new PruningDescription(0.7, schedule) })] };
        var options = new TrainingOptions { Epochs = 2, PruneEpochs = pruneEpochs, BatchSize = 100 };
        var trained = new Trainer(model, options).Run(TestModels.Samples(100, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken);
        foreach (var layer in trained.Weights.Layers)
        {
            var size = layer.Layer.Inputs * layer.Layer.Outputs;
            Assert.Equal(size - (int)Math.Round(0.7 * size, MidpointRounding.AwayFromZero), layer.Nonzeros);
        }
    }

    [Fact]
    public void TheStageTellsTheAccuracyOfWhatItLeavesBehind()
    {
        // One batch only, so the mask falls after the last step: what was measured before it is not what the stage came to.
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, 0.98, null);
        var trained = new Trainer(model, new TrainingOptions { Epochs = 60, PruneEpochs = 1, BatchSize = 300 })
            .Run(TestModels.Samples(300, 1), TestModels.Samples(90, 2), TestContext.Current.CancellationToken);
        var (dense, prune, quantize) = (trained.Stages[0], trained.Stages[1], trained.Stages[2]);
        Assert.True(prune.ValidationAccuracy < dense.ValidationAccuracy);
        Assert.Equal(quantize.ValidationAccuracy, prune.ValidationAccuracy, 0.05);
    }

    private static int[] Zeros(LayerTraining layer) => [.. layer.CopyWeights().Index().Where(weight => weight.Item == 0).Select(weight => weight.Index)];
}
