using CsCheck;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Compression;

/// <summary>Dead channels behind and before pools, sums and concatenations go, and the network computes what it computed.</summary>
public class DeadChannelTests
{
    private const int Samples = 6;

    private static readonly Func<LayerDescription, LayerDescription> s_pruned = layer => layer with { Pruning = new PruningDescription(0.5) };

    private static readonly Dictionary<string, Func<ModelDescription>> s_networks = new()
    {
        ["chain"] = () => new GraphBuilder(2, 8, 8).Conv(6, 3, activation: Activation.Relu, with: s_pruned).MaxPool(2, 2).Conv(5, 2, activation: Activation.Tanh, with: s_pruned).Dense(7, Activation.Relu, s_pruned).Dense(3, with: s_pruned).Model,
        ["zeros around"] = () => new GraphBuilder(2, 6, 6).Conv(5, 3, padding: 1, activation: Activation.Sigmoid, with: s_pruned).Pool("AveragePool", [2, 2, 2, 2, 1, 1, 0, 1]).Conv(4, 3, padding: 1, activation: Activation.Relu, with: s_pruned).Pool("GlobalAveragePool", []).Dense(3, with: s_pruned).Model,
        ["groups"] = () => new GraphBuilder(4, 6, 6).Conv(6, 3, groups: 2, activation: Activation.Relu, with: s_pruned).Conv(6, 2, groups: 6, activation: Activation.Tanh, with: s_pruned).Conv(4, 1, groups: 2, with: s_pruned).Dense(3, with: s_pruned).Model,
        ["sum"] = () => new GraphBuilder(2, 5, 5).Conv(4, 3, padding: 1, activation: Activation.Sigmoid, with: s_pruned).Conv(4, 1, activation: Activation.Tanh, with: s_pruned).Join("Add", [0, 1], Activation.Relu).Conv(3, 2, with: s_pruned).Dense(3, with: s_pruned).Model,
        ["concatenation"] = () => new GraphBuilder(2, 5, 5).Conv(3, 1, activation: Activation.Relu, with: s_pruned).Conv(4, 1, from: 0, activation: Activation.Sigmoid, with: s_pruned).Conv(3, 3, padding: 1, from: 0, with: s_pruned).Join("Concat", [1, 2, 0]).ResponseNorm(3, 0.5f, 0.75f, 1).Dense(3, with: s_pruned).Model,
        ["unpruned between"] = () => new GraphBuilder(2, 6, 6).Conv(4, 3, activation: Activation.Relu, with: s_pruned).Conv(4, 2, activation: Activation.Relu).Dense(5, Activation.Tanh, s_pruned).Dense(3, with: s_pruned).Model,
    };

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    [Theory, MemberData(nameof(Networks))]
    public void NothingDeadStaysAndOutputsAreTheSame(string name)
    {
        var removed = 0;
        Gen.Select(Gen.OneOfConst(0.02, 0.1, 0.3), Gen.Int[0, 1000]).Sample(
            (density, seed) =>
            {
                var network = Begin(s_networks[name](), density, seed);
                var before = Outputs(network);
                var kept = Array.ConvertAll(network.Weighted, layer => layer.Layer.Pruning is null ? null : Array.ConvertAll(layer.Constraints.Weights.ToArray(), weight => weight != 0));
                var count = Count(network);
                DeadNeurons.Remove(network, kept, []);
                foreach (var (layer, mask) in network.Weighted.Zip(kept))
                {
                    if (mask is not null)
                    {
                        layer.Constraints.Mask(mask);
                    }
                }

                Interlocked.Add(ref removed, count - Count(network));
                Assert.All(before.Zip(Outputs(network)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));

                // What is left is alive: once more takes nothing.
                var again = kept.Select(mask => mask?.ToArray()).ToArray();
                DeadNeurons.Remove(network, again, []);
                Assert.Equal(kept, again);
            },
            iter: 30);
        Assert.True(removed > 20, $"only {removed} weights were dead");
    }

    [Fact]
    public void AMapThatNothingEntersGoesThroughPools()
    {
        var network = Begin(s_networks["chain"](), 1, 1);
        var kept = Array.ConvertAll(network.Weighted, layer => Array.ConvertAll(layer.Constraints.Weights.ToArray(), weight => weight != 0));
        var (first, second) = (network.Weighted[0], network.Weighted[1]);
        for (var column = 0; column < first.Columns; column++)
        {
            kept[0][(column * first.WeightStride) + 2] = false;
        }

        DeadNeurons.Remove(network, kept, []);

        // The third map's places in the second convolution: 2 × 2 each.
        Assert.Equal(Enumerable.Range(8, 4), Enumerable.Range(0, second.Columns).Where(column => !kept[1].AsSpan(column * second.WeightStride, second.Rows).Contains(true)));
    }

    private static NetworkTraining Begin(ModelDescription model, double density, int seed)
    {
        var random = new Random(seed);
        var network = TrainingSteps.Begin(model, Samples, new Sgd(), (ulong)seed);
        foreach (var layer in network.Weighted)
        {
            foreach (ref var bias in layer.Biases[..layer.Rows])
            {
                bias = random.Next(3) == 0 ? 0 : random.NextSingle() - 0.5f;
            }

            if (layer.Layer.Pruning is not null)
            {
                layer.Constraints.Mask(Array.ConvertAll(layer.Constraints.Weights.ToArray(), weight => weight != 0 && random.NextDouble() < density));
            }
        }

        for (var row = 0; row < Samples; row++)
        {
            network.LoadInput([.. Enumerable.Range(0, model.Inputs).Select(_ => random.NextSingle())], row);
        }

        return network;
    }

    private static float[] Outputs(NetworkTraining network)
    {
        network.Forward(Samples, learns: false);
        return [.. Enumerable.Range(0, Samples).SelectMany(row => network.Output(row).ToArray())];
    }

    private static int Count(NetworkTraining network) => network.Weighted.Sum(layer => layer.CopyWeights().Count(weight => weight != 0));
}
