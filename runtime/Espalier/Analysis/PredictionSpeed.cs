using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace Espalier;

/// <summary>
/// Measures how long networks take for one prediction, floats in and floats out: in one process, warm, in turn, several times, medians.
/// Machines are noisy, so networks that are to be compared belong into one measurement.
/// </summary>
public static class PredictionSpeed
{
    /// <summary>How long one timing lasts at least; a single call is too short for the clock.</summary>
    private const double RoundMilliseconds = 3;

    /// <summary>Long enough for tiered compilation to have done its work.</summary>
    private const double WarmMilliseconds = 400;

    /// <summary>The time of one prediction of each network, in the order given.</summary>
    /// <param name="networks">Compiled models, references or layers that take the samples.</param>
    /// <param name="samples">What is predicted from, one after the other: inputs differ, as do their zeros.</param>
    /// <param name="outputs">Outputs of every network.</param>
    /// <param name="rounds">How often each is timed; 5 at least.</param>
    /// <param name="cancellation">Stops between two timings.</param>
    /// <exception cref="ArgumentException">There are no networks, no samples, or too few rounds.</exception>
    public static IReadOnlyList<PredictionTime> Measure(
        IReadOnlyList<IPredictor> networks, LabelledSamples samples, int outputs, int rounds = 21, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 5);
        if (networks.Count == 0 || samples.Count == 0)
        {
            throw new ArgumentException($"Speed is measured of one network at least on one sample at least, but {networks.Count} and {samples.Count} were given.");
        }

        var contestants = networks.Select(network => new Contestant(network, samples, outputs)).ToArray();
        var calls = contestants.Select(contestant => contestant.Warm(cancellation)).ToArray();
        var times = contestants.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();

                // The network before has filled the caches with its own weights.
                contestants[i].Run(1);
                times[i][round] = contestants[i].Run(calls[i]) / calls[i];
            }
        }

        return [.. times.Select(PredictionTime.Of)];
    }

    private sealed class Contestant(IPredictor network, LabelledSamples samples, int outputs)
    {
        private readonly float[] _scores = new float[outputs];
        private int _next;

        /// <summary>Gives the calls that fill one timing.</summary>
        public int Warm(CancellationToken cancellation)
        {
            var start = Stopwatch.GetTimestamp();
            var calls = 1;
            var once = Run(1);
            while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmMilliseconds)
            {
                cancellation.ThrowIfCancellationRequested();
                once = Run(calls) / calls;
                calls = (int)Math.Clamp(RoundMilliseconds * 1000 / Math.Max(once, 0.01), 1, 2 * calls);
            }

            return (int)Math.Clamp(RoundMilliseconds * 1000 / Math.Max(once, 0.01), 1, 1_000_000);
        }

        /// <summary>Microseconds of so many predictions.</summary>
        public double Run(int calls)
        {
            var start = Stopwatch.GetTimestamp();
            for (var call = 0; call < calls; call++)
            {
                network.Predict(samples.Input(_next), _scores);
                _next = _next + 1 == samples.Count ? 0 : _next + 1;
            }

            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
    }
}

/// <summary>How long a network takes for one prediction.</summary>
/// <param name="Microseconds">The median of the timings.</param>
/// <param name="LowerQuartile">A quarter of the timings was shorter.</param>
/// <param name="UpperQuartile">A quarter of the timings was longer.</param>
public sealed record PredictionTime(double Microseconds, double LowerQuartile, double UpperQuartile)
{
    /// <summary>Predictions in a second, one after the other on one thread.</summary>
    public double PerSecond => 1e6 / Microseconds;

    internal static PredictionTime Of(double[] times)
    {
        var sorted = times.Order().ToArray();
        return new PredictionTime(sorted[sorted.Length / 2], sorted[sorted.Length / 4], sorted[3 * sorted.Length / 4]);
    }
}
