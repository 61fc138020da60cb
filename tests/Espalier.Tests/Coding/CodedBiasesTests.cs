using CsCheck;
using Espalier.Coding;
using Espalier.Numerics;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Coding;

/// <summary>Biases come back to the bit, in fewer bytes where they lie on a grid.</summary>
public class CodedBiasesTests
{
    [Fact]
    public void AnyBiasesComeBackToTheBit() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[-30, 10], Gen.Int[1, 400], Gen.Bool, Gen.Int).Sample((count, exponent, top, onGrid, seed) =>
        {
            var random = new Random(seed);
            var biases = Enumerable.Range(0, count).Select(_ => onGrid ? MathF.ScaleB(random.Next(-top, top + 1), exponent) : random.NextSingle() - 0.5f).ToArray();
            if (count > 2 && random.Next(4) == 0)
            {
                biases[1] = -0f;
            }

            foreach (var goal in Enum.GetValues<CodingGoal>())
            {
                var writer = new BitWriter();
                CodedBiases.Write(writer, biases, goal);
                var bytes = writer.ToArray();
                Assert.Equal(CodedBiases.Bytes(biases, goal), bytes.Length);
                var reader = new BitReader(bytes, bytes.Length);
                Assert.Equal(biases.Select(BitConverter.SingleToInt32Bits), CodedBiases.Read(reader, count).Select(BitConverter.SingleToInt32Bits));
                Assert.True(reader.AtEnd);
            }
        });

    [Fact]
    public void DeadOnesCostLittleAndFastStartCodesNone()
    {
        var biases = Enumerable.Range(0, 300).Select(i => i % 10 == 0 ? ((i / 10) - 15) / 64f : 0).ToArray();
        Assert.Equal(601, CodedBiases.Bytes(biases, CodingGoal.FastStart));
        Assert.InRange(CodedBiases.Bytes(biases, CodingGoal.Smallest), 10, 80);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    public void TheGridIsExactInFp16AndNoStepAwayFromTheBiases(int bits)
    {
        var model = TestModels.Model(Activation.Relu, Precision.Int8, 0.5, null);
        var network = TrainingSteps.Begin(model, 30, new Sgd());
        for (var step = 0; step < 20; step++)
        {
            TrainingSteps.Step(network, TestModels.Samples(30, step), 0.1f);
        }

        var before = network.Layers.Select(layer => layer.CopyBias()).ToArray();
        BiasGrid.Round(network, bits);
        foreach (var (layer, old) in network.Layers.Zip(before))
        {
            var largest = old.Max(MathF.Abs);
            var now = layer.CopyBias();
            Assert.Equal(now, now.Select(StoredFormats.ToFp16));
            Assert.Contains(now, bias => bias != 0);

            // A power of two above the largest over the number of steps; rounding is half of it off, and at the ends up to a whole one.
            var coarsest = 2 * largest / ((1 << (bits - 1)) - 1);
            Assert.All(now.Zip(old), pair => Assert.True(MathF.Abs(pair.First - pair.Second) <= coarsest, $"{pair.Second} became {pair.First}"));
        }
    }

    [Fact]
    public void WithoutBitsNothingIsRounded()
    {
        var network = TrainingSteps.Begin(TestModels.Model(Activation.Relu, Precision.Int8, 0.5, null), 30, new Sgd());
        TrainingSteps.Step(network, TestModels.Samples(30, 1), 0.1f);
        var before = network.Layers[0].CopyBias();
        BiasGrid.Round(network, null);
        Assert.Equal(before, network.Layers[0].CopyBias());
    }

    [Fact]
    public void StepsThatNobodyWritesAreRefused()
    {
        var writer = new BitWriter();
        CodedBiases.Write(writer, Enumerable.Range(0, 50).Select(i => i / 32f).ToArray(), CodingGoal.Smallest);
        var bytes = writer.ToArray();
        Assert.Equal(2, bytes[0]);
        foreach (var exponent in new[] { 8, 127, 128, 231 })
        {
            bytes[1] = (byte)exponent;
            Assert.Throws<MalformedBlobException>(() => CodedBiases.Read(new BitReader(bytes, bytes.Length), 50));
        }
    }
}
