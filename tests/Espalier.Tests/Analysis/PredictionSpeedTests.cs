using System.Diagnostics;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests;

public class PredictionSpeedTests
{
    private static readonly LabelledSamples s_samples = TestModels.Samples(7, 1);

    /// <summary>One spins a thousand times as long as the other at least, whatever else the machine does.</summary>
    [Fact]
    public void SlowNetworksTakeLonger()
    {
        var times = PredictionSpeed.Measure([new Spinning(2000, []), new Spinning(0, [])], s_samples, 3, 5, TestContext.Current.CancellationToken);
        Assert.True(times[0].Microseconds >= 2000);
        Assert.True(times[1].Microseconds < times[0].Microseconds / 10);
        Assert.Equal(1e6 / times[0].Microseconds, times[0].PerSecond);
        Assert.All(times, time => Assert.True(time.LowerQuartile <= time.Microseconds && time.Microseconds <= time.UpperQuartile));
    }

    /// <summary>A machine that gets slower half way must not make the second network look slow.</summary>
    [Fact]
    public void NetworksTakeTurns()
    {
        var log = new List<(int Network, float First)>();
        PredictionSpeed.Measure([new Spinning(1000, log, 0), new Spinning(1000, log, 1)], s_samples, 3, 9, TestContext.Current.CancellationToken);
        var turns = log.Zip(log.Skip(1)).Count(pair => pair.First.Network != pair.Second.Network);
        // From warming the first to warming the second, and twice in each round.
        Assert.Equal(1 + (2 * 9), turns);
        Assert.Equal(s_samples.Count, log.Where(call => call.Network == 1).Select(call => call.First).Distinct().Count());
    }

    [Fact]
    public void CompiledOrNotIsTheSame()
    {
        var network = new ReferenceNetwork(TestWeights.Of(TestModels.Model(Activation.Relu, Precision.Fp32, null, null), 3, 0.5f));
        var time = Assert.Single(PredictionSpeed.Measure([network], s_samples, 3, 5, TestContext.Current.CancellationToken));
        Assert.InRange(time.Microseconds, 0.001, double.MaxValue);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Throws<ArgumentException>(() => Measure([], s_samples, 3));
        Assert.Throws<ArgumentException>(() => Measure([new Spinning(0, [])], new LabelledSamples([], [], 9), 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Measure([new Spinning(0, [])], s_samples, 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => Measure([new Spinning(0, [])], s_samples, 0));

        static void Measure(IPredictor[] networks, LabelledSamples samples, int outputs, int rounds = 5) =>
            PredictionSpeed.Measure(networks, samples, outputs, rounds, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void CancellingStops() => Assert.Throws<OperationCanceledException>(
        () => PredictionSpeed.Measure([new Spinning(0, [])], s_samples, 3, 5, new CancellationToken(canceled: true)));

    private sealed class Spinning(int microseconds, List<(int Network, float First)> log, int number = -1) : IPredictor
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output)
        {
            Assert.Equal((9, 3), (input.Length, output.Length));
            if (number >= 0)
            {
                log.Add((number, input[0]));
            }

            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
            {
            }
        }
    }
}
