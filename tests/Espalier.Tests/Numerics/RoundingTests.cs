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
}
