using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Gradients against central differences of the loss, which know nothing of the backward pass.</summary>
public class GradientTests
{
    private static readonly Sgd s_plain = new() { Momentum = 0 };

    public static TheoryData<Activation, Activation, bool> Activations
    {
        get
        {
            var data = new TheoryData<Activation, Activation, bool>();
            foreach (var hidden in new[] { Activation.None, Activation.Relu, Activation.Sigmoid, Activation.Tanh })
            {
                foreach (var last in new[] { Activation.None, Activation.Relu, Activation.Sigmoid, Activation.Tanh, Activation.Softmax })
                {
                    data.Add(hidden, last, true);
                }

                data.Add(hidden, Activation.None, false);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Activations))]
    public void GradientsAreTheSlopesOfTheLoss(Activation hidden, Activation last, bool bias)
    {
        var samples = TestModels.Samples(10, 5);
        var network = Begin(hidden, last, bias, samples);
        var before = new DoubleNetwork(network);
        var loss = TrainingSteps.Step(network, samples, 1);
        var after = new DoubleNetwork(network);
        AssertFarFromKinks(network, samples.Count);
        Assert.Equal(before.MeanLoss(samples), loss, 1e-5);

        // Weights are below 8, so their difference has lost 2⁻²² at most; sums of floats add a few times that.
        const double tolerance = 5e-6;
        var largest = 0.0;
        for (var layer = 0; layer < network.Layers.Length; layer++)
        {
            for (var i = 0; i < before.Weights[layer].Length; i++)
            {
                var slope = before.Slope(samples, ref before.Weights[layer][i]);
                Assert.Equal(slope, before.Weights[layer][i] - after.Weights[layer][i], tolerance);
                largest = Math.Max(largest, Math.Abs(slope));
            }

            for (var i = 0; i < before.Biases[layer].Length; i++)
            {
                Assert.Equal(before.Slope(samples, ref before.Biases[layer][i]), before.Biases[layer][i] - after.Biases[layer][i], tolerance);
            }
        }

        // Or the comparison would have shown nothing.
        Assert.True(largest > 1000 * tolerance, $"the steepest slope is {largest}");
    }

    [Theory]
    [InlineData(0.125f)]
    [InlineData(1024f)]
    public void LossScalingLeavesUpdatesAsTheyAre(float scaling)
    {
        // Powers of two only move the exponent, so the updates are equal bit for bit.
        var samples = TestModels.Samples(10, 5);
        var plain = Begin(Activation.Tanh, Activation.None, true, samples);
        var scaled = Begin(Activation.Tanh, Activation.None, true, samples);
        Assert.Equal(TrainingSteps.Step(plain, samples, 1), TrainingSteps.Step(scaled, samples, 1, scaling));
        for (var layer = 0; layer < plain.Layers.Length; layer++)
        {
            Assert.Equal(plain.Layers[layer].CopyWeights(), scaled.Layers[layer].CopyWeights());
            Assert.Equal(plain.Layers[layer].CopyBias(), scaled.Layers[layer].CopyBias());
        }
    }

    [Fact]
    public void RowsOfALargerBatchBeforeLeaveNoTrace()
    {
        var (many, few) = (TestModels.Samples(10, 5), TestModels.Samples(3, 6));
        var used = TrainingSteps.Begin(Model(Activation.Relu, Activation.None, true), many.Count, s_plain);
        var fresh = TrainingSteps.Begin(Model(Activation.Relu, Activation.None, true), few.Count, s_plain);
        TrainingSteps.Gradients(used, many);
        Assert.Equal(TrainingSteps.Step(fresh, few, 1), TrainingSteps.Step(used, few, 1));
        Assert.Equal(fresh.Layers[0].CopyWeights(), used.Layers[0].CopyWeights());
    }

    /// <summary>After a few small steps, so that biases are no longer 0.</summary>
    private static NetworkTraining Begin(Activation hidden, Activation last, bool bias, LabelledSamples samples)
    {
        var network = TrainingSteps.Begin(Model(hidden, last, bias), samples.Count, s_plain, 17);
        for (var i = 0; i < 3; i++)
        {
            TrainingSteps.Step(network, samples, 0.1f);
        }

        return network;
    }

    /// <summary>At 0 ReLU has no slope, and a difference across it shows half of one: the seed must keep clear of that.</summary>
    private static void AssertFarFromKinks(NetworkTraining network, int rows)
    {
        for (var i = 0; i < network.Layers.Length; i++)
        {
            var layer = network.Layers[i];
            for (var row = 0; row < rows && layer.Layer.Activation == Activation.Relu; row++)
            {
                foreach (var sum in network.SumsOf(i).Slice(row * layer.OutputStride, layer.Layer.Outputs))
                {
                    Assert.True(Math.Abs(sum) > 2e-4, $"a sum of layer {i} is {sum}; take another seed");
                }
            }
        }
    }

    private static ModelDescription Model(Activation hidden, Activation last, bool bias) => new()
    {
        Name = "Tests.Gradients",
        Layers =
        [
            TestModels.Dense("0/First", 9, 7, hidden) with { Bias = bias },
            TestModels.Dense("1/Second", 7, 18, hidden) with { Bias = bias },
            TestModels.Dense("2/Last", 18, 3, last) with { Bias = bias },
        ],
    };
}
