using System.Runtime.Intrinsics;
using Espalier.Numerics;
using Xunit;

namespace Espalier.Integration.Tests.Numerics;

/// <summary>Rounding to fp16, bf16 and codebooks against scalar twins, on whatever vectors this process has: the tests run once for each instruction tier.</summary>
public class FormatKernelTests
{
    private const int Count = 1 << 16;

    [Fact]
    public void Fp16IsWhatConversionsGive() => NearestEquals<Fp16Floats>(value => (float)(Half)value);

    [Fact]
    public void Bf16IsTheUpperHalfOfFp32() => NearestEquals<Bf16Floats>(StoredFormats.ToBf16);

    [Fact]
    public void Fp16ByChanceEqualsItsTwin() => ChanceEqualsTwin<Fp16Floats>();

    [Fact]
    public void Bf16ByChanceEqualsItsTwin() => ChanceEqualsTwin<Bf16Floats>();

    [Theory]
    [InlineData(Precision.Fp16)]
    [InlineData(Precision.Bf16)]
    public void UpdatesKeepTheBitsOfWhatTheyRoundTo(Precision format)
    {
        var random = new Random(3);
        var (values, codes) = (new float[Count], new ushort[Count]);
        for (var i = 0; i < Count; i++)
        {
            values[i] = MathF.ScaleB((random.NextSingle() * 2) - 1, random.Next(-28, 17));
        }

        var rounding = new FormatRounding(format, Rounding.Nearest);
        rounding.Update(values, codes);
        for (var i = 0; i < Count; i++)
        {
            var bits = format == Precision.Fp16 ? BitConverter.HalfToUInt16Bits((Half)values[i]) : (ushort)(BitConverter.SingleToUInt32Bits(values[i]) >> 16);
            Assert.Equal(bits, codes[i]);
        }

        var decoded = new float[Count];
        if (format == Precision.Fp16)
        {
            FormatKernel.Decode<Fp16Floats>(codes, decoded);
        }
        else
        {
            FormatKernel.Decode<Bf16Floats>(codes, decoded);
        }

        Assert.Equal(values, decoded);
        Assert.Equal(default, new FormatRounding(format, Rounding.Stochastic).Update(values, codes));
        Assert.Equal(decoded, values);
    }

    [Fact]
    public void CodebooksEqualTheirTwinWhereNoDrawMatters()
    {
        float[] centroids = [-1.5f, -0.2f, 0, 0.1f, 0.7f, 2];
        var values = Enumerable.Range(0, 4099).Select(i => (i - 2048) / 900f).ToArray();
        var expected = values.Select(value => CodebookRounding.Twin(centroids, value, null)).ToArray();
        new CodebookRounding(centroids, Rounding.Nearest).Round(values);
        Assert.Equal(expected, values);

        // On a centroid or beyond the ends nothing is left to chance.
        float[] still = [.. centroids, -2, 3, float.PositiveInfinity, float.NegativeInfinity];
        var rounded = still.ToArray();
        for (var draw = 0; draw < 1000; draw++)
        {
            new CodebookRounding(centroids, Rounding.Stochastic, seed: (ulong)draw).Round(rounded);
        }

        Assert.Equal([.. centroids, -1.5f, 2, 2, -1.5f], rounded);
    }

    [Fact]
    public void ArraysOfAnyLengthGoToNeighboursWithoutBias()
    {
        var values = Enumerable.Range(1, 1000).Select(i => 1 + (i * 1.37e-5f)).ToArray();
        new FormatRounding(Precision.Fp16, Rounding.Stochastic, RandomDraw.Fresh, 2026).Round(values);
        var twin = Enumerable.Range(1, 1000).Select(i => 1 + (i * 1.37e-5f)).ToArray();
        foreach (var (value, exact) in values.Zip(twin))
        {
            Assert.True(Math.Abs(value - exact) < 1f / 1024, $"{exact} became {value}");
            Assert.Equal(value, (float)(Half)value);
        }

        Assert.Equal(twin.Average(), values.Average(), 5 * (1f / 1024) / Math.Sqrt(12 * 1000) * 2);
    }

    private static void NearestEquals<TFormat>(Func<float, float> expected)
        where TFormat : struct, IStoredFloats
    {
        foreach (var value in Numbers())
        {
            var actual = FormatKernel.Number<TFormat, NoDraw>(Vector512.Create(value), Vector512.Create(float.PositiveInfinity), default)[5];
            Assert.Equal(BitConverter.SingleToInt32Bits(expected(value)), BitConverter.SingleToInt32Bits(actual));
            Assert.Equal(actual, FormatKernelTwin.Number<TFormat>(value, null));
        }

        Assert.True(float.IsNaN(FormatKernel.Number<TFormat, NoDraw>(Vector512.Create(float.NaN), Vector512.Create(float.PositiveInfinity), default)[0]));
    }

    private static void ChanceEqualsTwin<TFormat>()
        where TFormat : struct, IStoredFloats
    {
        var random = new Random(8);
        var different = 0;
        foreach (var value in Numbers())
        {
            var bits = (uint)random.NextInt64(1L << 32);
            var actual = FormatKernel.Number<TFormat, FreshDraw>(Vector512.Create(value), Vector512.Create(float.PositiveInfinity), Vector512.Create(bits))[11];
            Assert.Equal(BitConverter.SingleToInt32Bits(FormatKernelTwin.Number<TFormat>(value, bits)), BitConverter.SingleToInt32Bits(actual));
            different += actual == FormatKernelTwin.Number<TFormat>(value, null) ? 0 : 1;
        }

        // A fraction f goes to the farther neighbour with the probability min(f, 1 − f), a quarter on average; among the smallest and the largest numbers of fp16 fewer do.
        Assert.InRange(different, Count / 5, Count * 27 / 100);
    }

    /// <summary>Of all magnitudes, ties of both formats and ends among them.</summary>
    private static IEnumerable<float> Numbers()
    {
        var random = new Random(1);
        foreach (var value in new[] { 0f, -0f, 65504, 65519.99f, 65520, -70000, 6.1035156e-5f, 5.9604645e-8f, 2.9802322e-8f, 2.98e-8f, 1e-40f, 1.00048828125f, 1.00146484375f, 1.00390625f, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity })
        {
            yield return value;
        }

        for (var i = 0; i < Count; i++)
        {
            var wide = MathF.ScaleB(1 + random.NextSingle(), random.Next(-30, 18));
            yield return i % 2 == 0 ? wide : -wide;
        }
    }
}
