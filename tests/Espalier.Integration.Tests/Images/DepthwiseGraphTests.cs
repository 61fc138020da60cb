using Espalier.Integration.Tests.Kernels;
using Espalier.Kernels;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Integration.Tests.Images;

/// <summary>Networks of depthwise convolutions: the integers of the simulation on every tier, and the same bits on threads and in batches.</summary>
public class DepthwiseGraphTests
{
    public static TheoryData<Precision> Precisions => [Precision.Fp32, Precision.Int8];

    [Theory, MemberData(nameof(Precisions))]
    public void AgreeWithTheSimulation(Precision precision)
    {
        var (compiled, weights, random) = Network(precision);
        GraphAgreement.Check(compiled, weights, random);
    }

    [Theory, MemberData(nameof(Precisions))]
    public void GiveTheSameBitsOnThreadsAndInBatches(Precision precision)
    {
        var (compiled, weights, random) = Network(precision);
        var (inputs, outputs) = (compiled.Model.Description.Inputs, compiled.Model.Description.Outputs);
        foreach (var tier in Tiers.Supported)
        {
            var one = compiled.Model.Create(weights, tier);
            foreach (var samples in new[] { 1, 7 })
            {
                var numbers = random.Inputs(samples * inputs);
                var expected = Enumerable.Range(0, samples).SelectMany(sample => ThreadedGraphs.Predict(one, numbers.AsSpan(sample * inputs, inputs).ToArray(), outputs)).ToArray();
                foreach (var threads in new[] { 1, 2, 3 })
                {
                    var actual = new float[expected.Length];
                    new BatchPredictor(threads == 1 ? one : ThreadedGraphs.Create(compiled.Model, weights, tier, threads)).Predict(numbers, actual);
                    Assert.Equal(expected, actual);
                }
            }
        }
    }

    /// <summary>Colours, a line, channels that are no multiple of a vector, two output channels each, additions in a depthwise convolution, strides of 2 and 3, even windows.</summary>
    private static (CompiledGraph Graph, ModelWeights Weights, GraphWeights Random) Network(Precision precision)
    {
        var graph = new GraphModels(new ImageShape(3, 30, 31));
        graph.Conv(3, 3, padding: 1, groups: 3, precision: precision, activation: Activation.Relu);
        graph.Conv(6, 4, padding: 2, groups: 3, precision: precision, activation: Activation.Relu);
        var entry = graph.Conv(40, 1, precision: precision, activation: Activation.Relu);
        graph.Conv(40, 3, padding: 1, groups: 40, precision: precision, activation: Activation.Relu);
        var body = graph.Conv(40, 5, padding: 2, groups: 40, precision: precision);
        graph.Sum(body, entry, Activation.Relu);
        graph.Conv(40, 3, stride: 2, padding: 1, groups: 40, precision: precision, activation: Activation.Tanh);
        graph.Conv(112, 1, precision: precision, activation: Activation.Relu);
        graph.Conv(112, 3, stride: 3, padding: 1, groups: 112, precision: precision, activation: Activation.Relu);
        graph.Conv(112, 2, groups: 112, precision: precision, activation: Activation.Relu);
        graph.GlobalAverage();
        graph.Dense(10, precision: precision);
        var model = graph.Model($"Tests.Depthwise.{precision}");
        var random = new GraphWeights(5);
        return (GraphCompiler.Compile([model])[0], random.For(model), random);
    }
}
