using CsCheck;
using Espalier.Kernels;
using Espalier.Planning;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>Networks of images in the simulation and in the reference against doubles, and integer ones by hand.</summary>
public class GraphSimulationTests
{
    [Fact]
    public void FloatsAreThoseOfTheFormulas() => Gen.Select(GraphGen.Model(Precision.Fp32), Gen.ULong).Sample(
        (model, seed) =>
        {
            var weights = TestWeights.Of(Rectified(model), seed, 0.8f);
            var input = Input(weights.Model, seed);
            var (expected, simulated, reference) = (DoubleGraph.Trace(weights, input), new Simulation(weights).Trace(input), new ReferenceNetwork(weights).Trace(input));
            for (var layer = 0; layer < expected.Length; layer++)
            {
                var largest = Math.Max(1, expected[layer].Max(Math.Abs));
                for (var i = 0; i < expected[layer].Length; i++)
                {
                    Assert.InRange(Math.Abs(expected[layer][i] - simulated[layer].Floats![i]) / largest, 0, 1e-4);
                    Assert.InRange(Math.Abs(expected[layer][i] - reference[layer][i]) / largest, 0, 1e-4);
                }
            }
        },
        iter: 400);

    [Fact]
    public void EveryIntegerStepIsTheNearestCodeOfItsFormula() => Gen.Select(GraphGen.Model(Precision.Int8, Precision.Int8, Precision.Int8, Precision.Fp32, Precision.Int4, Precision.Int16), Gen.ULong).Sample(
        (model, seed) =>
        {
            var weights = TestWeights.Of(Rectified(model), seed);
            var input = Input(weights.Model, seed);
            var results = new Simulation(weights).Trace(input);
            var entering = weights.GridOf(-1) is { } first
                ? SimulatedTensor.Encoded(input, new InputEncoder(weights.Normalisation, first))
                : SimulatedTensor.Of(Array.ConvertAll(input, weights.Normalisation.Apply));
            for (var layer = 0; layer < results.Length; layer++)
            {
                Assert.Equal(results[layer].Codes is not null, weights.Forms[layer] is EdgeForm.Codes or EdgeForm.Planes);
                Assert.Equal(weights.GridOf(layer), results[layer].Grid);
                var sources = weights.Model.SourcesOf(layer).Select(source => Numbers(weights, layer, source, source < 0 ? entering : results[source])).ToArray();
                var expected = DoubleGraph.Layer(weights.Layers[layer], sources);
                var actual = Numbers(weights, null, layer, results[layer]);
                var relu = weights.Layers[layer].Layer.Activation == Activation.Relu && weights.Forms.AdditionOf(layer) is null;
                for (var i = 0; i < actual.Length; i++)
                {
                    // Half a step of what leaves, half a step of the sums for the rounded bias, and fp32's own rounding.
                    var row = i / weights.Model.Layers[layer].OutputShape.Pixels;
                    var bias = weights.Layers[layer] is IntegerLayerWeights integer ? 0.5 * integer.InputGrid.Scale * integer.Scale(row) : 0;
                    var value = relu ? Math.Max(0, expected[i]) : expected[i];
                    value = results[layer].Grid is { } grid ? Math.Clamp(value, grid.Decode(0), grid.Decode(grid.Top)) : value;
                    Assert.InRange(Math.Abs(value - actual[i]), 0, bias + (0.5 * (results[layer].Grid?.Scale ?? 0)) + (1e-4 * (1 + Math.Abs(value))));
                }
            }
        },
        iter: 600);

    [Fact]
    public void TheFastFormGivesTheSameIntegers() => Gen.Select(GraphGen.Model(Precision.Int8, Precision.Int8, Precision.Int4, Precision.Ternary), Gen.ULong, Gen.OneOfConst(0.3f, 1f)).Sample(
        (model, seed, density) =>
        {
            var weights = TestWeights.Of(model, seed, density);
            var fast = new GraphSimulation(weights);
            var (expected, actual) = (new float[model.Outputs], new float[model.Outputs]);
            for (var sample = 0UL; sample < 2; sample++)
            {
                var input = Input(model, seed + sample);
                new Simulation(weights).Predict(input, expected);
                fast.Predict(input, actual);
                Assert.Equal(expected, actual);
            }
        },
        iter: 400);

    [Fact]
    public void PoolsOnAGrid()
    {
        Assert.Equal(3 + 2, MeanCode.Of(5, 2, 3));
        Assert.Equal(3 + 4, MeanCode.Of(7, 2, 3));
        Assert.Equal(3 - 2, MeanCode.Of(-5, 2, 3));
        Assert.Equal(3 - 2, MeanCode.Of(-7, 4, 3));
        Assert.Equal(3, MeanCode.Of(-1, 3, 3));
    }

    [Fact]
    public void MeansOnAGridAreTheRoundedQuotientOfFloats() => Gen.Select(Gen.Int[-127 * 4096, 127 * 4096], Gen.Int[1, 4096]).Sample(
        (sum, count) =>
        {
            var mean = (int)MathF.Round((float)sum / count, MidpointRounding.ToEven);
            Assert.True(Math.Abs(mean) > 16000 || MeanCode.Of(sum, count, 16000) == 16000 + mean);
        },
        iter: 20000);

    [Fact]
    public void AResidualBlockByHand()
    {
        var graph = new GraphModels(new ImageShape(1, 1, 2));
        var entry = graph.Conv(1, 1, precision: Precision.Int8, activation: Activation.Relu);
        var body = graph.Conv(1, 1, precision: Precision.Int8);
        graph.Sum(entry, body, Activation.Relu);
        graph.Dense(1, precision: Precision.Int8);
        var model = graph.Model();
        var (input, middle, sum) = (new ActivationGrid(1, 0, 127), new ActivationGrid(0.5f, 2, 127), new ActivationGrid(0.25f, 10, 127));
        var weights = new ModelWeights(model, Normalisation.None, [
            new IntegerLayerWeights(model.Layers[0], [2], [0.5f], [1], input, middle),
            new IntegerLayerWeights(model.Layers[1], [-3], [0.1f], [0.3f], middle, sum),
            new WeightlessLayerWeights(model.Layers[2], sum),
            new IntegerLayerWeights(model.Layers[3], [1, 100], [1], [0], sum)]);
        var results = new Simulation(weights).Trace([4, 30]);

        // 4·2·0.5 + 1 = 5 → 10 steps of 0.5; 31 → 62.
        Assert.Equal([12, 64], results[0].Codes!.Select(code => (int)code));

        // (0.3 / 0.05 − 3·10) · 0.05 / 0.25 = −4.8 steps of the sum's grid, and (6 − 186) / 5 = −36; not rounded.
        Assert.Equal([-4.8f, -36], results[1].Floats!.Select(value => MathF.Round(value, 4)));

        // 10 · 2 − 4.8 = 15.2 and 62 · 2 − 36 = 88, from the zero point 10 on.
        Assert.Equal([25, 98], results[2].Codes!.Select(code => (int)code));
        Assert.Equal(((25 - 10) + (100 * (98 - 10))) * 0.25f, results[3].Floats![0]);
    }

    [Fact]
    public void PaddingStandsForZeroOnAnyGrid()
    {
        var graph = new GraphModels(new ImageShape(1, 1, 1));
        graph.Conv(1, 3, padding: 1, precision: Precision.Int8);
        var weights = new ModelWeights(graph.Model(), Normalisation.None, [new IntegerLayerWeights(graph.Model().Layers[0], [9, 8, 7, 6, 1, 5, 4, 3, 2], [1], [0], new ActivationGrid(1, 100, 127))]);
        Assert.Equal([7f], new Simulation(weights).Trace([7])[^1].Floats!);
    }

    /// <summary>The numbers that a tensor stands for, as a layer takes it.</summary>
    private static double[] Numbers(ModelWeights weights, int? consumer, int tensor, SimulatedTensor values)
    {
        if (consumer is { } layer && weights.Forms.Encodes(layer))
        {
            values = SimulatedTensor.Encoded(values.Floats!, new InputEncoder(Normalisation.None, ((IntegerLayerWeights)weights.Layers[layer]).InputGrid));
        }

        var unit = tensor >= 0 && weights.Forms.AdditionOf(tensor) is { } addition ? weights.GridOf(addition)!.Value.Scale : 1;
        return values.Grid is { } grid ? [.. values.Codes!.Select(code => (double)grid.Scale * (code - grid.ZeroPoint))] : [.. values.Floats!.Select(value => (double)value * unit)];
    }

    private static ModelDescription Rectified(ModelDescription model) => model with
    {
        Layers = [.. model.Layers.Select(layer => layer.Activation is Activation.None ? layer : layer with { Activation = Activation.Relu })],
    };

    private static float[] Input(ModelDescription model, ulong seed)
    {
        var random = new Espalier.Numerics.RandomNumbers(seed ^ 5);
        return [.. Enumerable.Range(0, model.Inputs).Select(_ => random.Uniform(-2, 2))];
    }
}
