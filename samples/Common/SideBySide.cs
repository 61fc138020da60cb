using System.Diagnostics;

namespace Espalier.Samples;

/// <summary>
/// Times several actions against each other: in one process, warm, in turn, several times, medians. Machines are noisy, so the
/// ratio of two medians taken in turn is the result, not either of them.
/// </summary>
internal static class SideBySide
{
    /// <summary>Fewer rounds than this make no median.</summary>
    private const int FewestRounds = 5;

    /// <summary>Median microseconds of one call of each action.</summary>
    /// <param name="actions">What to time.</param>
    /// <param name="rounds">How often each is timed.</param>
    /// <param name="millisecondsARound">How long one timing lasts at least.</param>
    /// <param name="secondsForAll">About how long all rounds may take: slow actions are timed less often, but five times at least.</param>
    /// <param name="before">What happens before each timing, untimed.</param>
    public static double[] Micros(Action[] actions, int rounds = 31, double millisecondsARound = 4, double secondsForAll = double.PositiveInfinity, Action? before = null)
    {
        var calls = new int[actions.Length];
        var microsOfRound = 0.0;
        for (var i = 0; i < actions.Length; i++)
        {
            var once = Warm(actions[i]);
            calls[i] = (int)Math.Clamp(millisecondsARound * 1000 / Math.Max(once, 0.01), 1, 1_000_000);
            microsOfRound += (calls[i] + 1) * once;
        }

        rounds = Math.Max(Math.Min(rounds, FewestRounds), (int)Math.Min(rounds, secondsForAll * 1e6 / microsOfRound));
        var times = actions.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < actions.Length; i++)
            {
                before?.Invoke();

                // The action before has filled the caches with its own weights.
                actions[i]();
                times[i][round] = Time(actions[i], calls[i]) / calls[i];
            }
        }

        return [.. times.Select(Median)];
    }

    /// <summary>Until tiered compilation has long done its work, even where other processes keep its thread waiting; the time of one call.</summary>
    private static double Warm(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        var calls = 1;
        var once = Time(action, 1);
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 1000)
        {
            once = Time(action, calls) / calls;
            calls = Math.Min(2 * calls, (int)Math.Clamp(50_000 / Math.Max(once, 0.01), 1, 4096));
        }

        return once;
    }

    private static double Time(Action action, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
