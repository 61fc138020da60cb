using CsCheck;
using Espalier.Coding;
using Xunit;

namespace Espalier.Tests.Coding;

public class RangeCodedWeightsTests
{
    private static readonly Gen<(int Rows, int Columns, double Density, int Positive, int Negative, int Seed)> Layers = Gen.Select(
        Gen.Int[1, 40], Gen.Int[1, 60], Gen.OneOf(Gen.OneOfConst(0.0, 0.01, 0.03, 0.999, 1.0), Gen.Double[0, 1]), Gen.Int[0, 255], Gen.Int[0, 255], Gen.Int[0, 1 << 30]);

    [Fact]
    public void RanksSurvive() => Layers.Sample(
        layer =>
        {
            var (positive, negative) = layer.Positive + layer.Negative == 0 ? (1, 0) : (layer.Positive, layer.Negative);
            var ranks = RandomMask.Ranks(layer.Seed, layer.Rows, layer.Columns, layer.Density, positive, negative);
            var read = new short[ranks.Length];
            var reader = new BitReader(RandomMask.Written(ranks, layer.Rows));
            RangeCodedWeights.Read(reader, read, layer.Rows, positive, negative);
            Assert.Equal(ranks, read);
            Assert.True(reader.AtEnd);
        },
        iter: 1500);

    [Fact]
    public void EveryCodebookSizeSurvives()
    {
        for (var ranks = 1; ranks <= 255; ranks++)
        {
            foreach (var (positive, negative) in new[] { (ranks, 0), (0, ranks), (ranks, ranks), (ranks, 1) })
            {
                var written = RandomMask.Ranks(ranks, 7, 31, 0.4, positive, negative);
                written[3] = (short)positive;
                written[5] = (short)-negative;
                var read = new short[written.Length];
                RangeCodedWeights.Read(new BitReader(RandomMask.Written(written, 7)), read, 7, positive, negative);
                Assert.Equal(written, read);
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void TheSmallestLayersSurvive(int rows, int columns)
    {
        for (var pattern = 0; pattern < 1 << (rows * columns); pattern++)
        {
            var ranks = Enumerable.Range(0, rows * columns).Select(i => (short)((pattern >> i) & 1)).ToArray();
            var read = new short[ranks.Length];
            RangeCodedWeights.Read(new BitReader(RandomMask.Written(ranks, rows)), read, rows, 1, 0);
            Assert.Equal(ranks, read);
        }
    }

    /// <summary>Any bytes at all are ranks in range, or refused.</summary>
    [Fact]
    public void DamageIsRefusedOrInRange() => Gen.Select(Layers, Gen.Int[0, 10_000], Gen.Byte, Gen.Bool).Sample(
        (layer, place, value, cut) =>
        {
            var (positive, negative) = (Math.Min(layer.Positive, 9) + 1, Math.Min(layer.Negative, 9));
            var bytes = RandomMask.Written(RandomMask.Ranks(layer.Seed, layer.Rows, layer.Columns, layer.Density, positive, negative), layer.Rows);
            place %= bytes.Length;
            var damaged = cut ? bytes[..place] : [.. bytes[..place], value, .. bytes[(place + 1)..]];
            var read = new short[layer.Rows * layer.Columns];
            try
            {
                RangeCodedWeights.Read(new BitReader(damaged), read, layer.Rows, positive, negative);
                Assert.False(cut);
                Assert.All(read, rank => Assert.InRange(rank, -negative, positive));
            }
            catch (MalformedBlobException)
            {
            }
        },
        iter: 1500);

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.03)]
    [InlineData(0.06)]
    [InlineData(0.08)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void MasksWithoutStructureTakeTheirEntropy(double density)
    {
        var ranks = RandomMask.Ranks(1, 300, 784, density);
        Assert.InRange(8.0 * RandomMask.Written(ranks, 300).Length, 0.98 * RandomMask.EntropyBits(ranks), 1.02 * RandomMask.EntropyBits(ranks));
    }

    /// <summary>Emptied outputs and inputs are named once: what is left takes the entropy of a layer without them.</summary>
    [Theory]
    [InlineData(0.03)]
    [InlineData(0.08)]
    public void EmptiedRowsAndColumnsCostNearlyNothing(double density)
    {
        var ranks = RandomMask.Ranks(2, 300, 784, density, isDead: (row, column) => row % 3 == 0 || column < 200 || column >= 700);
        var alive = ranks.Where((_, i) => (i / 784) % 3 != 0 && i % 784 is >= 200 and < 700).ToArray();
        var bits = 8.0 * RandomMask.Written(ranks, 300).Length;
        Assert.True(bits < 0.9 * RandomMask.EntropyBits(ranks), $"{bits} of {RandomMask.EntropyBits(ranks)}");
        Assert.InRange(bits, 0.98 * RandomMask.EntropyBits(alive), (1.02 * RandomMask.EntropyBits(alive)) + 400);
    }

    /// <summary>What the report says of places and values is what the stream takes.</summary>
    [Fact]
    public void MeasuredBitsAreThoseOfTheStream()
    {
        var ranks = RandomMask.Ranks(3, 100, 300, 0.1, 8, 7);
        var (places, values) = RangeCodedWeights.Measure(ranks, 100);
        Assert.InRange((8 * RandomMask.Written(ranks, 100).Length) - (places + values), 0, 100);
        Assert.InRange(values / ranks.Count(rank => rank != 0), Math.Log2(15) - 0.05, Math.Log2(15) + 0.1);
    }
}
