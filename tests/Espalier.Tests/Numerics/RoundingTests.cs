using CsCheck;
using Espalier.Numerics;
using Xunit;

namespace Espalier.Tests.Numerics;

public class RoundingTests
{
    /// <summary>The lecture's experiment: 0.3 added to 0 a hundred times on an integer grid.</summary>
    [Fact]
    public void SmallUpdatesSurviveStochasticRoundingAlone()
    {
        var grid = new WeightGrid(1, 127);
        var random = new RandomNumbers(7);
        var nearest = 0;
        var mean = 0.0;
        for (var i = 0; i < 100; i++)
        {
            nearest = grid.Nearest(nearest + 0.3f);
        }

        for (var run = 0; run < 1000; run++)
        {
            var value = 0;
            for (var i = 0; i < 100; i++)
            {
                value = grid.Stochastic(value + 0.3f, random);
            }

            mean += value / 1000.0;
        }

        Assert.Equal(0, nearest);

        // One run has a standard deviation of √(100·0.3·0.7) = 4.6, so the mean of a thousand has 0.145: five of those.
        Assert.Equal(30, mean, 0.73);
    }

    [Fact]
    public void GridPointsAreLeftAlone()
    {
        // Added to 126, a random number just below 1 would round to 127: a few draws in a million would move the weight.
        var grid = new WeightGrid(1, 127);
        var random = new RandomNumbers(1);
        for (var i = 0; i < 4_000_000; i++)
        {
            var point = (i % 255) - 127;
            if (grid.Stochastic(point, random) != point)
            {
                Assert.Fail($"{point} became another at draw {i}");
            }
        }
    }

    [Fact]
    public void NumbersGoToANeighbourAndNeverBeyondTheGrid() =>
        Gen.Select(Gen.Float[-40, 40], Gen.Float[0.01f, 3], Gen.Int[1, 127], Gen.ULong).Sample((value, step, top, seed) =>
        {
            var grid = new WeightGrid(step, top);
            var exact = Math.Clamp(value / step, -top, top);
            var stochastic = grid.Stochastic(value, new RandomNumbers(seed));
            Assert.InRange(stochastic, Math.Floor(exact), Math.Ceiling(exact));
            Assert.Equal((float)Math.Round(exact), grid.Nearest(value));
        });
}
