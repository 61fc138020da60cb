using Espalier.Numerics;
using Xunit;

namespace Espalier.Tests.Training;

/// <summary>Training's kernels on kept weights and on bf16 against plain arithmetic.</summary>
public class ThinProductTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(1.0)]
    public void KeptWeightsGiveWhatDenseOnesWithZerosGive(double density)
    {
        var (inputs, outputs, random) = (13, 7, new Random(3));
        float Number() => (random.NextSingle() * 2) - 1;
        float[] weights = [.. Enumerable.Range(0, inputs * outputs).Select(_ => random.NextDouble() < density ? Number() : 0)];
        float[] x = [.. Enumerable.Range(0, inputs * 64).Select(_ => Number())], dy = [.. Enumerable.Range(0, outputs * 64).Select(_ => Number())];
        float[] bias = [.. Enumerable.Range(0, outputs).Select(_ => Number())];
        var kept = new KeptWeights(weights, inputs, outputs);
        Assert.Equal(weights.Where(weight => weight != 0), kept.Values);
        var (y, dx) = (new float[outputs * 64], new float[inputs * 64]);
        KeptProduct.Sums(kept.ByOutput, kept.Values, bias, x, y, rectify: true);
        KeptProduct.Sums(kept.ByInput, kept.Values, default, dy, dx, rectify: false);
        KeptProduct.Gradients(kept, x, dy);
        for (var sample = 0; sample < 64; sample++)
        {
            for (var o = 0; o < outputs; o++)
            {
                Assert.Equal(Math.Max(0, bias[o] + Enumerable.Range(0, inputs).Sum(i => (double)weights[(i * outputs) + o] * x[(i * 64) + sample])), y[(o * 64) + sample], 1e-5);
            }

            for (var i = 0; i < inputs; i++)
            {
                Assert.Equal(Enumerable.Range(0, outputs).Sum(o => (double)weights[(i * outputs) + o] * dy[(o * 64) + sample]), dx[(i * 64) + sample], 1e-5);
            }
        }

        var n = 0;
        for (var place = 0; place < weights.Length; place++)
        {
            if (weights[place] != 0)
            {
                var (i, o) = (place / outputs, place % outputs);
                Assert.Equal(Enumerable.Range(0, 64).Sum(sample => (double)x[(i * 64) + sample] * dy[(o * 64) + sample]), kept.Gradients[n++], 1e-4);
            }
        }
    }

    [Fact]
    public void HalvesAreTheNearestAndComeBackExactly()
    {
        var random = new Random(1);
        float[] numbers = [.. Enumerable.Range(0, 64).Select(i => i == 0 ? 1.00390625f : (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-30, 30)))];
        var (halves, back) = (new ushort[64], new float[64]);
        Bf16Numbers.Narrow(numbers, halves);
        Bf16Numbers.Widen(halves, back);
        Assert.Equal(numbers.Select(StoredFormats.ToBf16), back);
        Bf16Numbers.Narrow(numbers, halves, rectify: true);
        Bf16Numbers.Widen(halves, back);
        Assert.Equal(numbers.Select(number => StoredFormats.ToBf16(Math.Max(0, number))), back);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    public void PanelsOfHalvesAreTheColumnsOfTheMatrix(int width)
    {
        var (rows, stride, column, random) = (5, 80, 16, new Random(2));
        float[] numbers = [.. Enumerable.Range(0, rows * stride).Select(_ => random.NextSingle() - 0.5f)];
        var (halves, panel) = (new ushort[numbers.Length], new float[rows * width]);
        Bf16Numbers.Narrow(numbers, halves);
        Bf16Numbers.WidenPanel(ref halves[column], stride, rows, width, ref panel[0], width);
        Assert.Equal(Enumerable.Range(0, panel.Length).Select(i => StoredFormats.ToBf16(numbers[(i / width * stride) + column + (i % width)])), panel);
        var tail = new ushort[48];
        Bf16Numbers.Narrow(numbers.AsSpan(0, 48), tail);
        Assert.Equal(halves[..48], tail);
    }

    [Fact]
    public void StepsBelowTheLastBitOfAHalfAreNotLost()
    {
        // 1 − 1000 steps of 10⁻⁵: each is a four-hundredth of the distance to the next bf16 below 1.
        var one = (ushort)(BitConverter.SingleToUInt32Bits(1f) >> 16);
        ushort[] weights = [.. Enumerable.Repeat(one, 4096)], gradients = [.. weights];
        var (velocities, lanes, back) = (new ushort[4096], new RandomLanes(9), new float[4096]);
        for (var step = 0; step < 1000; step++)
        {
            Bf16Numbers.Step(weights, velocities, gradients, 0, 1e-5f, lanes);
        }

        Bf16Numbers.Widen(weights, back);
        Assert.Equal(0.99, back.Average(), 0.001);
        Bf16Numbers.Widen(velocities, back);
        Assert.All(back, velocity => Assert.Equal(1, velocity));
    }
}
