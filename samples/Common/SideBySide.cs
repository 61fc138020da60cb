using System.Diagnostics;

namespace Espalier.Samples;

/// <summary>
/// Times several actions against each other: in one process, warm, in turn, several times, medians. Machines are noisy, so the
/// ratio of two medians taken in turn is the result, not either of them.
/// </summary>
internal static class SideBySide
{
    /// <summary>Median microseconds of one call of each action.</summary>
    /// <param name="actions">What to time.</param>
    /// <param name="rounds">How often each is timed.</param>
    /// <param name="millisecondsARound">How long one timing lasts at least.</param>
    public static double[] Micros(Action[] actions, int rounds = 31, double millisecondsARound = 4)
    {
        var calls = new int[actions.Length];
        for (var i = 0; i < actions.Length; i++)
        {
            Warm(actions[i]);
            var once = Time(actions[i], 256) / 256;
            calls[i] = (int)Math.Clamp(millisecondsARound * 1000 / Math.Max(once, 0.01), 1, 1_000_000);
        }

        var times = actions.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < actions.Length; i++)
            {
                times[i][round] = Time(actions[i], calls[i]) / calls[i];
            }
        }

        return [.. times.Select(Median)];
    }

    /// <summary>Until tiered compilation has long done its work, even where other processes keep its thread waiting.</summary>
    private static void Warm(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 1000)
        {
            Time(action, 64);
        }
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
