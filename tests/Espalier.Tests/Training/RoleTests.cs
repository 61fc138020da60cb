using Espalier.Numerics;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Every role has the precision that its attribute says, and nothing else is rounded.</summary>
public class RoleTests
{
    private static readonly Sgd s_plain = new() { Momentum = 0 };

    public static TheoryData<string, Precision> Roles
    {
        get
        {
            var data = new TheoryData<string, Precision>();
            foreach (var role in new[] { "weights", "inputs", "outputs", "gradients", "all" })
            {
                data.Add(role, Precision.Fp16);
                data.Add(role, Precision.Bf16);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Roles))]
    public void FloatsOfSixteenBitsFollowTheirTwin(string role, Precision precision)
    {
        const float scaling = 64;
        var samples = TestModels.Samples(12, 3);
        var network = TrainingSteps.Begin(Model(With(role, precision)), samples.Count, s_plain, 5);
        var plain = TrainingSteps.Begin(Model(QuantizationDescription.Fp32), samples.Count, s_plain, 5);
        var twin = new RoundedNetwork(network);
        twin.Run(samples, scaling);
        var before = network.Layers.Select(layer => layer.CopyWeights()).ToArray();
        var plainBefore = plain.Layers.Select(layer => layer.CopyWeights()).ToArray();
        TrainingSteps.Step(network, samples, 1, scaling);
        TrainingSteps.Step(plain, samples, 1, scaling);

        // Sums differ by rounding of fp32 at most, which a conversion can make one unit of the format in a rare case.
        var unit = precision == Precision.Fp16 ? 1.0 / 1024 : 1.0 / 128;
        var differs = false;
        for (var layer = 0; layer < 2; layer++)
        {
            var apart = 0;
            for (var i = 0; i < before[layer].Length; i++)
            {
                var (expected, actual) = (twin.WeightGradients[layer][i] / scaling, before[layer][i] - network.Layers[layer].CopyWeights()[i]);
                Assert.Equal(expected, actual, (unit * Math.Abs(expected)) + 1e-4);
                apart += Math.Abs(expected - actual) > 2e-6 ? 1 : 0;
                differs |= Math.Abs(actual - (plainBefore[layer][i] - plain.Layers[layer].CopyWeights()[i])) > 1e-5;
            }

            Assert.True(apart < before[layer].Length / 20, $"{apart} gradients of layer {layer} are another number than the twin's");
        }

        Assert.True(differs, "the role changes nothing");
        for (var row = 0; row < samples.Count; row++)
        {
            Assert.All(twin.Activations[row].Zip(network.Output(row).ToArray()), pair => Assert.Equal(pair.First, pair.Second, unit * Math.Abs(pair.First)));
        }
    }

    [Theory]
    [InlineData(Precision.Int8, 127)]
    [InlineData(Precision.Int16, 32767)]
    [InlineData(Precision.Int4, 7)]
    public void IntegerGradientsAreFixedPointAndUnbiased(Precision precision, int top)
    {
        const int Runs = 400;
        var samples = TestModels.Samples(12, 3);
        var plain = TrainingSteps.Begin(Model(QuantizationDescription.Fp32), samples.Count, s_plain, 5);
        var rounded = TrainingSteps.Begin(Model(new QuantizationDescription { Gradients = precision }), samples.Count, s_plain, 6);
        var start = plain.Layers[0].CopyWeights();
        Copy(plain, rounded);
        var fresh = new MemoryStream();
        Visit(rounded, new StateWriter(fresh));
        var expected = Gradient(plain);
        var sums = new double[expected.Length];
        for (var run = 0; run < Runs; run++)
        {
            // Weights go back to where they were; random numbers go on.
            fresh.Position = 0;
            Visit(rounded, new StateReader(fresh));
            var gradient = Gradient(rounded);
            var step = WeightGrid.FixedPoint(gradient.Max(MathF.Abs), top).Step;
            Assert.All(gradient, value => Assert.Equal(Math.Round(value / step), value / step, 0.01 + (2e-7 / step)));
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += gradient[i] / (double)Runs;
            }
        }

        // Errors of two layers and the gradient are rounded by less than a step each, and a step is at most the largest over half the top; the mean of 400 has a twentieth of that.
        var tolerance = (5 * 3 * expected.Max(MathF.Abs) / (top / 2.0) / Math.Sqrt(Runs)) + 1e-5;
        Assert.All(sums.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, tolerance));

        float[] Gradient(NetworkTraining network)
        {
            TrainingSteps.Step(network, samples, 1);
            return [.. start.Zip(network.Layers[0].CopyWeights(), (from, to) => from - to)];
        }

        static void Visit(NetworkTraining network, StateStream state) => Assert.All(network.Layers, layer => layer.VisitParameters(state));

        static void Copy(NetworkTraining from, NetworkTraining to)
        {
            var stream = new MemoryStream();
            Visit(from, new StateWriter(stream));
            stream.Position = 0;
            Visit(to, new StateReader(stream));
        }
    }

    [Theory]
    [InlineData(Precision.Fp16)]
    [InlineData(Precision.Bf16)]
    public void AccumulatorsRoundAfterEveryAddition(Precision precision)
    {
        var random = new Random(4);
        var (rows, depth, columns) = (5, 37, 32);
        var (a, b, start) = (Numbers(rows * depth), Numbers(depth * columns), Numbers(columns));
        var (c, product) = (new float[rows * columns], new float[rows * columns]);
        RoundedProduct.Run(precision, rows, depth, columns, a, depth, 1, b, start, c);
        MatrixProduct.Run(rows, depth, columns, a, depth, 1, b, start, product);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var sum = Rounded(start[column]);
                for (var k = 0; k < depth; k++)
                {
                    sum = Rounded(sum + (a[(row * depth) + k] * b[(k * columns) + column]));
                }

                Assert.Equal(sum, c[(row * columns) + column]);
            }
        }

        Assert.NotEqual(product, c);

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => Rounded((random.NextSingle() * 2) - 1))];
        float Rounded(float value) => precision == Precision.Fp16 ? (float)(Half)value : StoredFormats.ToBf16(value);
    }

    [Fact]
    public void TrainingKeepsSumsInTheirPrecision()
    {
        var samples = TestModels.Samples(12, 3);
        var narrow = TrainingSteps.Begin(Model(new QuantizationDescription { Accumulators = Precision.Bf16 }), samples.Count, s_plain, 5);
        TrainingSteps.Gradients(narrow, samples);
        for (var layer = 0; layer < 2; layer++)
        {
            foreach (var sum in narrow.SumsOf(layer)[..(samples.Count * narrow.Layers[layer].OutputStride)])
            {
                Assert.Equal(StoredFormats.ToBf16(sum), sum);
            }
        }
    }

    /// <summary>With master weights integer activations come with calibration; without, training has them from the start.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void IntegerActivationsHoldWithoutMasterWeights(bool master)
    {
        var samples = TestModels.Samples(12, 3);
        var network = TrainingSteps.Begin(Model(new QuantizationDescription { Weights = Precision.Int8, Inputs = Precision.Int8, Outputs = Precision.Int8, MasterWeights = master }), samples.Count, s_plain, 5);
        TrainingSteps.Gradients(network, samples);
        var values = network.ActivationsBefore(1)[..(samples.Count * network.Layers[1].InputStride)].ToArray();
        var step = WeightGrid.FixedPoint(values.Max(), 127).Step;
        Assert.Equal(!master, values.All(value => value / step == MathF.Round(value / step)));
        Assert.True(values.Max() / step is > 63 and <= 127.5f);
    }

    [Fact]
    public void PrecisionsThatTrainingLacksAreNamed()
    {
        Refused(new QuantizationDescription { Accumulators = Precision.Int16 }, "Int16 accumulators");
        Refused(new QuantizationDescription { Accumulators = Precision.Int32 }, "Int32 accumulators beside Fp32 weights");
        Refused(new QuantizationDescription { Gradients = Precision.Int32 }, "Int32 gradients");

        static void Refused(QuantizationDescription quantization, string message)
        {
            var error = Assert.Throws<ArgumentException>(() => new Trainer(Model(quantization), new TrainingOptions { Epochs = 1 }).Run(TestModels.Samples(12, 3), TestModels.Samples(12, 4), TestContext.Current.CancellationToken));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.Contains("0/Hidden", error.Message, StringComparison.Ordinal);
        }
    }

    private static QuantizationDescription With(string role, Precision precision) => role switch
    {
        "weights" => new() { Weights = precision },
        "inputs" => new() { Inputs = precision },
        "outputs" => new() { Outputs = precision },
        "gradients" => new() { Gradients = precision },
        _ => new() { Weights = precision, Inputs = precision, Outputs = precision, Gradients = precision },
    };

    private static ModelDescription Model(QuantizationDescription quantization)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Fp32, null, null);
        return model with { Layers = [.. model.Layers.Select(layer => layer with { Quantization = quantization })] };
    }
}
