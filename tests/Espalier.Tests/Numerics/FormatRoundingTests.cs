using Espalier.Numerics;
using Xunit;

namespace Espalier.Tests.Numerics;

/// <summary>Stochastic rounding to grids that are not uniform: fp16, bf16 and codebooks.</summary>
public class FormatRoundingTests
{
    private static readonly float[] s_codebook = [-1.5f, -0.2f, 0, 0.1f, 0.7f, 2];

    public static TheoryData<string, RandomDraw, float> Places
    {
        get
        {
            var data = new TheoryData<string, RandomDraw, float>();
            foreach (var draw in new[] { RandomDraw.Fresh, RandomDraw.Shared })
            {
                // Normal numbers, across a power of two, subnormal ones of fp16, and negative ones.
                foreach (var value in new[] { 1.0003f, -3.1417f, 0.99999f, 1e-5f, 3.3e-8f, -2e-8f, 1234.567f })
                {
                    data.Add("fp16", draw, value);
                }

                foreach (var value in new[] { 1.003f, -3.1417f, 0.9999f, 1e-30f, 1234.567f })
                {
                    data.Add("bf16", draw, value);
                }

                foreach (var value in new[] { -1.1f, -0.05f, 0.09f, 0.1f, 0.3f, 1.9f })
                {
                    data.Add("codebook", draw, value);
                }
            }

            return data;
        }
    }

    /// <summary>The mean of n draws has a standard deviation of gap·√(p(1−p)/n), and five of those are allowed; shared numbers are 64 times fewer.</summary>
    [Theory, MemberData(nameof(Places))]
    public void TheMeanErrorIsZero(string grid, RandomDraw draw, float value)
    {
        const int Draws = 1 << 19;
        var values = Enumerable.Repeat(value, Draws).ToArray();
        Round(grid, draw, values);
        var (low, high) = ((double)values.Min(), (double)values.Max());
        Assert.True(low <= value && value <= high, $"{value} became {low} … {high}");
        Assert.True(values.All(rounded => rounded == low || rounded == high));
        var p = high > low ? (value - low) / (high - low) : 0;
        var independent = draw == RandomDraw.Fresh ? Draws : Draws / 64;
        Assert.Equal(value, values.Average(rounded => (double)rounded), (5 * (high - low) * Math.Sqrt(p * (1 - p) / independent)) + (1e-6 * (high - low)) + 1e-45);
    }

    /// <summary>The lecture's experiment where bf16's numbers are 1 apart: 0.3 added to 128 a hundred times.</summary>
    [Fact]
    public void SmallUpdatesSurviveStochasticRoundingAlone()
    {
        Assert.All(HundredUpdates(Rounding.Nearest), sum => Assert.Equal(128, sum));

        // As on the integer grid: the mean of a thousand runs has a standard deviation of 0.145.
        Assert.Equal(158, HundredUpdates(Rounding.Stochastic).Average(sum => (double)sum), 0.73);
    }

    [Theory]
    [InlineData(Precision.Fp16)]
    [InlineData(Precision.Bf16)]
    public void LostUpdatesAreThoseThatNearestRoundingUndoes(Precision format)
    {
        // At 1 the next number is 2⁻¹⁰ (fp16) or 2⁻⁷ (bf16) away.
        var gap = format == Precision.Fp16 ? 1f / 1024 : 1f / 128;
        var values = Enumerable.Repeat(1f, 16).ToArray();
        var codes = new ushort[16];
        new FormatRounding(format, Rounding.Nearest).Update(values, codes);
        (values[0], values[1], values[2], values[3]) = (1 + (0.4f * gap), 1 + (0.6f * gap), 1 - (0.2f * gap), 1 + (2 * gap));
        Assert.Equal(new UpdateCounts(4, 2), new FormatRounding(format, Rounding.Stochastic).Update(values, codes));
    }

    [Fact]
    public void OtherFormatsAndBadCodebooksAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FormatRounding(Precision.Int8, Rounding.Nearest));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FormatRounding(Precision.Fp32, Rounding.Nearest));
        Assert.Throws<ArgumentException>(() => new CodebookRounding([], Rounding.Nearest));
        Assert.Throws<ArgumentException>(() => new CodebookRounding(new float[257], Rounding.Nearest));
        Assert.Contains("Centroid 1 is 0", Assert.Throws<ArgumentException>(() => new CodebookRounding([0, 0], Rounding.Nearest)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CodebookRounding([0, float.NaN], Rounding.Nearest));
    }

    private static float[] HundredUpdates(Rounding rounding)
    {
        var values = Enumerable.Repeat(128f, 1000).ToArray();
        var bf16 = new FormatRounding(Precision.Bf16, rounding, seed: 7);
        for (var i = 0; i < 100; i++)
        {
            for (var run = 0; run < values.Length; run++)
            {
                values[run] += 0.3f;
            }

            bf16.Round(values);
        }

        return values;
    }

    private static void Round(string grid, RandomDraw draw, float[] values)
    {
        switch (grid)
        {
            case "fp16": new FormatRounding(Precision.Fp16, Rounding.Stochastic, draw, 11).Round(values); break;
            case "bf16": new FormatRounding(Precision.Bf16, Rounding.Stochastic, draw, 11).Round(values); break;
            default: new CodebookRounding(s_codebook, Rounding.Stochastic, draw, 11).Round(values); break;
        }
    }
}
