using CsCheck;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Compression;

/// <summary>Weights of four outputs with magnitudes far apart, so that a scale of the wrong channel would show at once.</summary>
public class QuantizerTests
{
    private const int Inputs = 23;
    private const int Outputs = 4;

    /// <summary>Magnitudes reach beyond what fp16 holds on either side: scales must still fit their channel.</summary>
    private static readonly Gen<float[]> s_weights =
        Gen.Select(Gen.Int[-12, 8].Array[Outputs], Gen.Double[0, 1], Gen.Int).Select((exponents, density, seed) =>
        {
            var random = new Random(seed);
            return Enumerable.Range(0, Inputs * Outputs)
                .Select(i => random.NextDouble() < density ? ((random.NextSingle() * 2) - 1) * MathF.Pow(10, exponents[i / Inputs]) : 0)
                .ToArray();
        });

    [Theory]
    [InlineData(Precision.Int8, 127)]
    [InlineData(Precision.Int4, 7)]
    public void EveryChannelErrsByHalfAStepAtMost(Precision precision, int top) => s_weights.Sample(weights =>
    {
        var quantized = Quantize(precision, weights, perChannel: true);
        for (var o = 0; o < Outputs; o++)
        {
            // A little more for the division and the multiplication by the step, in floats.
            var channel = weights.AsSpan(o * Inputs, Inputs);
            var half = quantized.Scale(o) * 0.50002;
            for (var i = 0; i < Inputs; i++)
            {
                Assert.InRange(Math.Abs((double)channel[i] - quantized.Weight(o, i)), 0, half);
                Assert.InRange(quantized.Codes[(o * Inputs) + i], -top, top);
            }

            // And the step is as small as the largest weight allows, within fp16's 2⁻¹¹.
            var largest = channel.ToArray().Max(MathF.Abs);
            if (largest > 0)
            {
                Assert.Equal(largest / top, quantized.Scale(o), largest / top * Math.Pow(2, -11));
            }
        }
    });

    [Fact]
    public void OneScaleServesAllChannelsWhereThereIsOne() => s_weights.Sample(weights =>
    {
        var quantized = Quantize(Precision.Int8, weights, perChannel: false);
        Assert.Single(quantized.Scales);
        Assert.All(Enumerable.Range(0, weights.Length), i => Assert.InRange(Math.Abs((double)weights[i] - quantized.Weight(i / Inputs, i % Inputs)), 0, quantized.Scale(0) * 0.50002));
    });

    [Fact]
    public void BinaryWeightsAreSignsTimesTheMeanMagnitude() => s_weights.Sample(weights =>
    {
        var quantized = Quantize(Precision.Binary, weights, perChannel: true);
        Assert.Equal(weights.Select(weight => (sbyte)Math.Sign(weight)), quantized.Codes);
        for (var o = 0; o < Outputs; o++)
        {
            var present = weights.Skip(o * Inputs).Take(Inputs).Where(weight => weight != 0).ToArray();
            Assert.Equal(1, quantized.Scale(o) / present.Select(weight => Math.Abs((double)weight)).DefaultIfEmpty(1).Average(), Math.Pow(2, -11) + 1e-6);
        }
    });

    [Fact]
    public void TernaryWeightsDropTheSmallAndKeepTheMeanOfTheRest() => s_weights.Sample(weights =>
    {
        var quantized = Quantize(Precision.Ternary, weights, perChannel: true);
        for (var o = 0; o < Outputs; o++)
        {
            var channel = weights.Skip(o * Inputs).Take(Inputs).ToArray();
            var threshold = 0.7f * (float)channel.Where(weight => weight != 0).Select(weight => Math.Abs((double)weight)).DefaultIfEmpty(0).Average();
            var kept = channel.Where(weight => MathF.Abs(weight) > threshold).ToArray();
            Assert.Equal(channel.Select(weight => MathF.Abs(weight) > threshold ? (sbyte)MathF.Sign(weight) : (sbyte)0), quantized.Codes.Skip(o * Inputs).Take(Inputs));
            Assert.Equal(1, quantized.Scale(o) / kept.Select(weight => Math.Abs((double)weight)).DefaultIfEmpty(1).Average(), Math.Pow(2, -11) + 1e-6);
        }
    });

    [Theory]
    [InlineData(Precision.Fp16, 11)]
    [InlineData(Precision.Bf16, 8)]
    public void HalvesErrByHalfAnUlp(Precision precision, int digits)
    {
        // Of numbers that fp16 holds in full.
        var random = new Random(1);
        var weights = Enumerable.Range(0, Inputs * Outputs).Select(_ => random.NextSingle() + 0.01f).ToArray();
        var stored = WeightQuantizer.Floats(Layer(precision, true), weights, new float[Outputs]);
        Assert.All(weights.Zip(stored.Values), pair => Assert.Equal(pair.First, pair.Second, pair.First * MathF.Pow(2, -digits)));
        Assert.Contains(weights.Zip(stored.Values), pair => pair.First != pair.Second);
    }

    private static LayerDescription Layer(Precision precision, bool perChannel) => TestModels.Dense("0/Layer", Inputs, Outputs) with
    {
        Quantization = new QuantizationDescription { Weights = precision, Inputs = precision is Precision.Fp16 or Precision.Bf16 ? Precision.Fp32 : Precision.Int8, PerChannel = perChannel },
    };

    private static IntegerLayerWeights Quantize(Precision precision, float[] weights, bool perChannel) =>
        WeightQuantizer.Integers(Layer(precision, perChannel), weights, new float[Outputs], new ActivationGrid(1f / 127, 0, 127), null, null);
}
