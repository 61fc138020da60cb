using CsCheck;
using Espalier.Numerics;
using Xunit;

namespace Espalier.Tests.Numerics;

public class GridRoundingTests
{
    public static TheoryData<RandomDraw> Draws => [RandomDraw.Fresh, RandomDraw.Shared];

    /// <summary>The lecture's experiment: 0.3 added to 0 a hundred times on an integer grid.</summary>
    [Fact]
    public void SmallUpdatesSurviveStochasticRoundingAlone()
    {
        Assert.All(HundredUpdates(new GridRounding(Rounding.Nearest)), sum => Assert.Equal(0, sum));

        // One run has a standard deviation of √(100·0.3·0.7) = 4.6, so the mean of a thousand has 0.145: five of those.
        Assert.Equal(30, HundredUpdates(new GridRounding(Rounding.Stochastic, seed: 7)).Average(), 0.73);
    }

    /// <summary>
    /// A million draws at each of many distances: the mean has a standard deviation of √(p(1−p)/n) steps, and five of those are allowed. Shared numbers are 64 times
    /// fewer, so their mean is 8 times less certain.
    /// </summary>
    [Theory]
    [MemberData(nameof(Draws))]
    public void TheMeanErrorIsZero(RandomDraw draw)
    {
        const int Draws = 1 << 20;
        const float Step = 0.37f;
        var rounding = new GridRounding(Rounding.Stochastic, draw, 11);
        foreach (var steps in new[] { 0.001f, 0.01f, 0.3f, 0.5f, 0.77f, 0.999f, 5.25f, -0.25f, -0.999f, -63.6f, 126.5f })
        {
            var values = Enumerable.Repeat(steps * Step, Draws).ToArray();
            rounding.Round(values, Step, 127);
            var mean = values.Average(value => (double)value / Step);
            var p = steps - Math.Floor(steps);
            var independent = draw == RandomDraw.Fresh ? Draws : Draws / 64;
            Assert.Equal(steps, mean, 5 * Math.Sqrt(p * (1 - p) / independent) + 1e-6);
        }
    }

    /// <summary>Over the lanes of one vector, and over one lane's draws: 64 bins, χ² with 63 degrees of freedom is above 124 once in 10⁵.</summary>
    [Fact]
    public void RandomNumbersAreUniformInEveryLane()
    {
        const int Draws = 1 << 16;
        var random = new RandomLanes(5);
        var bins = new int[RandomLanes.Count, 64];
        for (var i = 0; i < Draws; i++)
        {
            ref var state = ref random.Current;
            var numbers = RandomLanes.Next(ref state.X, ref state.Y, ref state.Z, ref state.W);
            for (var lane = 0; lane < RandomLanes.Count; lane++)
            {
                bins[lane, numbers[lane] >> 26]++;
            }
        }

        for (var lane = 0; lane < RandomLanes.Count; lane++)
        {
            var chi = Enumerable.Range(0, 64).Sum(bin => Math.Pow(bins[lane, bin] - (Draws / 64.0), 2) / (Draws / 64.0));
            Assert.True(chi is > 25 and < 124, $"lane {lane}: χ² is {chi}");
        }
    }

    [Fact]
    public void GridPointsAreLeftAlone()
    {
        // Points are not exact in fp32: divided by the step each is a little off its place, and draws must not move it for that.
        var values = new float[255 * 16];
        foreach (var step in new[] { 1f, 0.1f, 1 / 3f, 0.0123f, 1e-20f, 3e20f })
        {
            var rounding = new GridRounding(Rounding.Stochastic);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = step * ((i % 255) - 127);
            }

            var points = values.ToArray();
            for (var draw = 0; draw < 2000; draw++)
            {
                rounding.Round(values, step, 127);
            }

            Assert.Equal(points, values);
        }
    }

    [Fact]
    public void NumbersGoToANeighbourAndNeverBeyondTheGrid() =>
        Gen.Select(Gen.Float[-40, 40].Array[1, 70], Gen.Float[0.01f, 3], Gen.Int[1, 127], Gen.ULong, Gen.Enum<RandomDraw>()).Sample((values, step, top, seed, draw) =>
        {
            var stochastic = new sbyte[values.Length];
            var nearest = new sbyte[values.Length];
            new GridRounding(Rounding.Stochastic, draw, seed).Round(values, stochastic, step, top);
            new GridRounding(Rounding.Nearest).Round(values, nearest, step, top);
            for (var i = 0; i < values.Length; i++)
            {
                var exact = Math.Clamp(values[i] * (1 / step), -top, top);

                // A number that is all but a point may, all but never, go to either side of it.
                Assert.InRange((float)stochastic[i], MathF.Floor(exact - 1e-4f), MathF.Ceiling(exact + 1e-4f));
                Assert.Equal(MathF.Round(exact), nearest[i]);
            }
        });

    [Fact]
    public void UpdatesBelowHalfAStepAreCounted()
    {
        var grid = new WeightGrid(0.1f, 127);
        float[] values = [0.3f, 0.3f, 0.3f + 0.02f, 0.3f - 0.04f, 0.3f + 0.06f, -0.5f, 0, 0.001f, 12.7f, 13.9f, 0, 0, 0, 0, 0, 0];
        short[] points = [3, 3, 3, 3, 3, 3, 0, 0, 127, 127, 0, 0, 0, 0, 0, 0];
        var counts = new GridRounding(Rounding.Nearest).Update(values, points, grid);
        Assert.Equal(new UpdateCounts(6, 3), counts);
        Assert.Equal(0.5, counts.Underflow);
        Assert.Equal([3, 3, 3, 3, 4, -5, 0, 0, 127, 127, 0, 0, 0, 0, 0, 0], points);
        Assert.Null(default(UpdateCounts).Underflow);
    }

    [Theory]
    [InlineData(0f, 7)]
    [InlineData(-1f, 7)]
    [InlineData(float.NaN, 7)]
    [InlineData(float.PositiveInfinity, 7)]
    [InlineData(1e-40f, 7)]
    [InlineData(1f, 0)]
    [InlineData(1f, 128)]
    public void BadGridsAreRefused(float step, int top) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GridRounding(Rounding.Nearest).Round(new float[3], new sbyte[3], step, top));

    private static double[] HundredUpdates(GridRounding rounding)
    {
        var sums = new float[1000];
        for (var i = 0; i < 100; i++)
        {
            for (var run = 0; run < sums.Length; run++)
            {
                sums[run] += 0.3f;
            }

            rounding.Round(sums, 1, 127);
        }

        return [.. sums.Select(sum => (double)sum)];
    }
}
