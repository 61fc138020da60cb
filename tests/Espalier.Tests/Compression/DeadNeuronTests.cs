using CsCheck;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Compression;

/// <summary>What leads nowhere goes, and the network computes what it computed before.</summary>
public class DeadNeuronTests
{
    private const int Inputs = 9;
    private static readonly Gen<(Activation Activation, double Density, bool Bias, int Constants, int Seed)> s_cases =
        Gen.Select(Gen.OneOfConst(Activation.None, Activation.Relu, Activation.Sigmoid, Activation.Tanh), Gen.Double[0, 0.4], Gen.Bool, Gen.Int[0, Inputs], Gen.Int);

    [Fact]
    public void PredictionsStay() => s_cases.Sample(it =>
    {
        var (network, constants, inputs) = Network(it);
        var before = Outputs(network, inputs);
        Remove(network, constants);
        foreach (var (expected, actual) in before.Zip(Outputs(network, inputs)))
        {
            Assert.Equal(expected, actual, 1e-4f * (1 + MathF.Abs(expected)));
        }
    });

    [Fact]
    public void NothingDeadIsLeft() => s_cases.Sample(it =>
    {
        var (network, constants, _) = Network(it);
        Remove(network, constants);
        for (var i = 0; i < network.Layers.Length; i++)
        {
            var (inputs, outputs, weights) = (network.Layers[i].Layer.Inputs, network.Layers[i].Layer.Outputs, network.Layers[i].CopyWeights());
            for (var input = 0; input < inputs; input++)
            {
                var isRead = Enumerable.Range(0, outputs).Any(output => weights[(output * inputs) + input] != 0);
                if (i == 0)
                {
                    Assert.False(isRead && !float.IsNaN(constants[input]) && (it.Bias || constants[input] == 0), $"input {input} is always {constants[input]} and has weights");
                    continue;
                }

                var before = network.Weighted[i - 1];
                var isEntered = Enumerable.Range(0, before.Layer.Inputs).Any(k => before.Constraints.Weights[(k * before.OutputStride) + input] != 0);
                Assert.False(isEntered && !isRead, $"nothing reads neuron {input} of layer {i - 1}");
                Assert.False(!isEntered && isRead && it.Bias, $"nothing enters neuron {input} of layer {i - 1}");
                Assert.True(isRead || before.Biases[input] == 0);
            }
        }
    });

    [Fact]
    public void ConstantInputsAreFoundByTheirValues()
    {
        var samples = new LabelledSamples([1, 5, 0, 2, 5, 0, 3, 5, 0], [0, 0, 0], 3);
        Assert.Equal([float.NaN, 10, 0], ConstantInputs.Of(samples, new Normalisation(0, 2)));
    }

    [Fact]
    public void TrainedModelsHaveNoDeadNeurons()
    {
        var model = TestModels.Model(Activation.Relu, Precision.Int8, 0.9, 4);
        Assert.True(Dead(new PruningOptions()) > 0, "the task leaves nothing dead, so it tests nothing");
        Assert.Equal(0, Dead(new PruningOptions { RemoveDead = true }));

        int Dead(PruningOptions options)
        {
            var trained = new Trainer(model, new TrainingOptions { Epochs = 4, PruneEpochs = 6, ShareEpochs = 2, BatchSize = 50, Pruning = options })
                .Run(TestModels.Samples(200, 1), TestModels.Samples(30, 2), TestContext.Current.CancellationToken);
            var (hidden, output) = (trained.Weights.Layers[0], trained.Weights.Layers[1]);
            return Enumerable.Range(0, 24).Count(neuron =>
                Enumerable.Range(0, 9).Any(input => hidden.Weight(neuron, input) != 0) != Enumerable.Range(0, 3).Any(score => output.Weight(score, neuron) != 0));
        }
    }

    private static void Remove(NetworkTraining network, float[] constants)
    {
        var kept = Array.ConvertAll(network.Weighted, layer => Array.ConvertAll(layer.Constraints.Weights.ToArray(), weight => weight != 0));
        DeadNeurons.Remove(network, kept, constants);
        foreach (var (layer, mask) in network.Weighted.Zip(kept))
        {
            layer.Constraints.Mask(mask);
        }
    }

    private static (NetworkTraining Network, float[] Constants, float[][] Inputs) Network((Activation Activation, double Density, bool Bias, int Constants, int Seed) it)
    {
        var random = new Random(it.Seed);
        var model = new ModelDescription
        {
            Name = "Tests.Chain",
            Layers = [Layer("0/A", Inputs, 17), Layer("1/B", 17, 11), Layer("2/C", 11, 4)],
        };
        var network = TrainingSteps.Begin(model, 8, new Sgd(), (ulong)it.Seed);
        foreach (var layer in network.Weighted)
        {
            var mask = new bool[layer.Constraints.Weights.Length];
            for (var i = 0; i < mask.Length; i++)
            {
                mask[i] = layer.Constraints.Weights[i] != 0 && random.NextDouble() < it.Density;
            }

            layer.Constraints.Mask(mask);
            for (var i = 0; it.Bias && i < layer.Layer.Outputs; i++)
            {
                layer.Biases[i] = random.NextSingle() - 0.5f;
            }
        }

        var constants = Enumerable.Range(0, Inputs).Select(i => i < it.Constants ? random.Next(0, 3) : float.NaN).ToArray();
        var inputs = Enumerable.Range(0, 8).Select(_ => constants.Select(value => float.IsNaN(value) ? random.NextSingle() : value).ToArray()).ToArray();
        return (network, constants, inputs);

        LayerDescription Layer(string path, int inputCount, int outputCount) =>
            TestModels.Dense(path, inputCount, outputCount, it.Activation, sparsity: 0.5) with { Bias = it.Bias };
    }

    private static float[] Outputs(NetworkTraining network, float[][] inputs)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            network.LoadInput(inputs[i], i);
        }

        network.Forward(inputs.Length, learns: false);
        return [.. Enumerable.Range(0, inputs.Length).SelectMany(i => network.Output(i).ToArray())];
    }
}
