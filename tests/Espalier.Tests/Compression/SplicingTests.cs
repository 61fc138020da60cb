using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Compression;

/// <summary>Pruned weights return where they are let, and only there.</summary>
public class SplicingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WeightsReturnWithSplicingOnly(bool splicing)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, 0.6, null);
        var network = TrainingSteps.Begin(model, 60, new Sgd());
        var pruning = new NetworkPruning(new PruningOptions { Splicing = splicing, ReturnRate = 1 }, network, []);
        pruning.Apply(1);
        var first = Nonzeros(network);
        for (var step = 0; step < 40; step++)
        {
            TrainingSteps.Step(network, TestModels.Samples(60, step), 0.1f);
            pruning.Apply(1);
        }

        Assert.Equal(splicing, Nonzeros(network).Except(first).Any());
        Assert.Equal(first.Count, Nonzeros(network).Count);
    }

    [Fact]
    public void HeldWeightsLearnByTheirShare()
    {
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, 0.6, null);
        var changes = new[] { 0f, 0.25f, 1f }.Select(rate =>
        {
            var network = TrainingSteps.Begin(model, 60, new Sgd());
            new NetworkPruning(new PruningOptions { Splicing = true, ReturnRate = rate }, network, []).Apply(1);
            var constraints = network.Weighted[0].Constraints;
            var (before, held) = (constraints.Learning.ToArray(), constraints.Weights.ToArray().Select(weight => weight == 0).ToArray());
            TrainingSteps.Step(network, TestModels.Samples(60, 1), 0.1f);
            var after = constraints.Learning.ToArray();
            return (Held: Change(true), Kept: Change(false));

            float Change(bool which) => before.Zip(after).Where((_, i) => held[i] == which).Sum(pair => MathF.Abs(pair.First - pair.Second));
        }).ToArray();
        Assert.Equal(0, changes[0].Held);
        Assert.True(changes[2].Held > 0);
        Assert.Equal(changes[2].Held / 4, changes[1].Held, 1e-4f * changes[2].Held);
        Assert.All(changes, change => Assert.Equal(changes[2].Kept, change.Kept));
    }

    [Fact]
    public void AfterTheStageMasksStand()
    {
        var network = TrainingSteps.Begin(TestModels.Model(Activation.Relu, Precision.Fp32, 0.6, null), 60, new Sgd());
        var pruning = new NetworkPruning(new PruningOptions { Splicing = true }, network, []);
        pruning.Apply(1);
        pruning.End();
        var first = Nonzeros(network);
        for (var step = 0; step < 10; step++)
        {
            TrainingSteps.Step(network, TestModels.Samples(60, step), 0.1f);
            Assert.Equal(first, Nonzeros(network));
        }
    }

    [Fact]
    public void SparsityIsThatOfTheAttributeInEveryScope()
    {
        foreach (var scope in Enum.GetValues<PruningScope>())
        {
            foreach (var splicing in new[] { false, true })
            {
                var model = TestModels.Model(Activation.Relu, Precision.Fp32, 0.7, null);
                var options = new TrainingOptions { Epochs = 2, PruneEpochs = 4, BatchSize = 50, Pruning = new PruningOptions { Scope = scope, Splicing = splicing } };
                var trained = new Trainer(model, options).Run(TestModels.Samples(100, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken);
                Assert.Equal(288 - (int)Math.Round(0.7 * 216, MidpointRounding.AwayFromZero) - (int)Math.Round(0.7 * 72, MidpointRounding.AwayFromZero), trained.Weights.Layers.Sum(layer => layer.Nonzeros));
            }
        }
    }

    private static List<(int Layer, int Weight)> Nonzeros(NetworkTraining network) =>
        [.. network.Layers.SelectMany((layer, i) => layer.CopyWeights().Index().Where(weight => weight.Item != 0).Select(weight => (i, weight.Index)))];
}
