using Espalier.Numerics;
using Xunit;

namespace Espalier.Integration.Tests.Numerics;

/// <summary>Rounding against its scalar twin, on whatever vectors this process has: the tests run once for each instruction tier.</summary>
public class GridKernelTests
{
    private static readonly WeightGrid s_grid = new(0.0371f, 127);

    [Theory]
    [InlineData(Rounding.Nearest, RandomDraw.Fresh)]
    [InlineData(Rounding.Stochastic, RandomDraw.Fresh)]
    [InlineData(Rounding.Stochastic, RandomDraw.Shared)]
    public void RoundingEqualsItsTwinBitForBit(Rounding rounding, RandomDraw draw)
    {
        foreach (var length in new[] { 0, 1, 15, 16, 17, 48, 64, 80, 1024, 1040, 5000, 9999 })
        {
            var values = Values(length);
            var expected = Twin(values, s_grid, rounding, draw, seed: 9);
            var codes = new sbyte[length];
            new GridRounding(rounding, draw, 9).Round(values, codes, s_grid.Step, s_grid.Top);
            Assert.Equal(expected, codes.Select(code => (float)code));
            new GridRounding(rounding, draw, 9).Round(values, s_grid.Step, s_grid.Top);
            Assert.Equal(expected.Select(steps => steps * s_grid.Step), values);
        }
    }

    [Theory]
    [InlineData(Rounding.Nearest, RandomDraw.Fresh)]
    [InlineData(Rounding.Stochastic, RandomDraw.Fresh)]
    [InlineData(Rounding.Stochastic, RandomDraw.Shared)]
    public void RoundingToWideGridsEqualsItsTwinBitForBit(Rounding rounding, RandomDraw draw)
    {
        var grid = new WeightGrid(0.00371f, 30_000);
        var values = Values(9999);
        var expected = Twin(values, grid, rounding, draw, seed: 9);
        new GridRounding(rounding, draw, 9).Round(values, grid.Step, grid.Top);
        Assert.Equal(expected.Select(steps => steps * grid.Step), values);
    }

    [Theory]
    [InlineData(Rounding.Nearest)]
    [InlineData(Rounding.Stochastic)]
    public void UpdatesEqualTheirTwinBitForBit(Rounding rounding)
    {
        var values = Values(1024);
        var random = new Random(2);
        var points = values.Select(value => (short)Math.Clamp(Math.Round(value / s_grid.Step) + random.Next(-1, 2), -127, 127)).ToArray();
        var expected = Twin(values, s_grid, rounding, RandomDraw.Fresh, seed: 4, wide: true);
        var sizes = values.Zip(points, (value, point) => Math.Abs(value - (point * s_grid.Step))).ToArray();
        var counts = new GridRounding(rounding, RandomDraw.Fresh, 4).Update(values, points, s_grid);
        Assert.Equal(expected, points.Select(point => (float)point));
        Assert.Equal(expected.Select(steps => steps * s_grid.Step), values);
        Assert.Equal(sizes.Count(size => size > 0), counts.Made);
        Assert.Equal(sizes.Count(size => size > 0 && size < s_grid.Step / 2), counts.Lost);
        Assert.InRange(counts.Lost, 100, 900);
    }

    /// <summary>The numbers themselves: who changes the generators changes what every seed trains to.</summary>
    [Fact]
    public void ASeedGivesTheSameCodesForEver()
    {
        var codes = new sbyte[24];
        new GridRounding(Rounding.Stochastic, RandomDraw.Fresh, 2026).Round(Enumerable.Range(0, 24).Select(i => i * 0.3f).ToArray(), codes, 1, 127);
        Assert.Equal("0 0 1 1 1 2 2 2 2 2 3 4 3 4 5 4 5 5 6 6 6 7 6 7", string.Join(' ', codes));
    }

    /// <summary>Over all fourteen random bits: the mean is the number, but for the 2⁻¹⁵ and 2⁻¹⁷ of a step that the kernel owns up to, and points stay where they are.</summary>
    [Fact]
    public void TheMeanOverAllDrawsIsTheNumberAndPointsRest()
    {
        const int Draws = 1 << 14;
        foreach (var value in Values(500))
        {
            var inside = Math.Clamp(value, -127 * s_grid.Step, 127 * s_grid.Step);
            var points = Enumerable.Range(0, Draws).Select(bits => GridKernelTwin.Point(value, s_grid, (uint)bits << 2)).ToArray();
            Assert.Equal(inside / (double)s_grid.Step, points.Average(point => (double)point), (1.0 / (1 << 15)) + (1.0 / (1 << 16)));
            if (Math.Round(inside / (double)s_grid.Step) is var steps && inside == (float)steps * s_grid.Step)
            {
                Assert.All(points, point => Assert.Equal(steps, point));
            }
        }
    }

    private static float[] Twin(float[] values, WeightGrid grid, Rounding rounding, RandomDraw draw, ulong seed, bool wide = false)
    {
        var twin = new GridKernelTwin(new RandomNumbers(seed));
        var drawn = new uint[RandomLanes.Count];

        // The last numbers, fewer than sixteen, are a call of their own.
        var whole = values.Length & -RandomLanes.Count;
        return [.. values.Select((value, i) =>
        {
            var lane = i % RandomLanes.Count;
            var turns = draw == RandomDraw.Fresh && i < whole && i % GridKernel.Block >= RandomLanes.Count;
            if (i >= whole || (draw == RandomDraw.Fresh ? !turns : i % GridKernel.SharedBlock < RandomLanes.Count))
            {
                drawn[lane] = twin.Next(lane);
            }
            else if (turns)
            {
                drawn[lane] = System.Numerics.BitOperations.RotateLeft(drawn[lane], 8);
            }

            return GridKernelTwin.Point(value, grid, rounding == Rounding.Stochastic ? drawn[lane] : null, wide);
        })];
    }

    private static float[] Values(int length)
    {
        // Points of the grid, ties, numbers beyond its ends and everything between.
        var random = new Random(1);
        return [.. Enumerable.Range(0, length).Select(i => (i % 5) switch
        {
            0 => random.Next(-127, 128) * s_grid.Step,
            1 => (random.Next(-127, 128) + 0.5f) * s_grid.Step,
            2 => (random.NextSingle() - 0.5f) * 20,
            _ => (random.NextSingle() - 0.5f) * 2,
        })];
    }
}
