using System.Diagnostics;
using System.Globalization;

namespace Startup;

/// <summary>
/// What <c>Benchmarks -- startup</c> starts: predicts one digit and leaves with its class as exit code. With <c>times STAMP</c> it says
/// what took how long since the timestamp of the process that started it, with <c>loop MILLISECONDS</c> what a prediction takes when warm.
/// </summary>
internal static class FirstPrediction
{
    public const int Inputs = 784;
    public const int Outputs = 10;

    /// <summary>The same digit for every program: numbers on the grid 0, 1/127, …, 1.</summary>
    public static float[] Pixels()
    {
        var pixels = new float[Inputs];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (i * 37 & 127) * (1f / 127);
        }

        return pixels;
    }

    /// <param name="args">The program's arguments.</param>
    /// <param name="tier">What the network runs on.</param>
    /// <param name="laps">What was done until the first prediction, and when it was done.</param>
    /// <param name="predict">Predicts once more.</param>
    /// <param name="scores">What the first prediction gave.</param>
    public static int Report(string[] args, Func<string> tier, ReadOnlySpan<(string Name, long Done)> laps, Action predict, ReadOnlySpan<float> scores)
    {
        if (args is ["times", var stamp])
        {
            var before = long.Parse(stamp, CultureInfo.InvariantCulture);
            Console.Out.WriteLine($"tier {tier()}");
            Console.Out.WriteLine($"first {Micros(before, laps[^1].Done)}");
            foreach (var (name, done) in laps)
            {
                Console.Out.WriteLine($"{name} {Micros(before, done)}");
                before = done;
            }
        }
        else if (args is ["loop", var milliseconds])
        {
            Console.Out.WriteLine($"loop {Loop(predict, int.Parse(milliseconds, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture)}");
        }

        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }

    /// <summary>Microseconds of one prediction, the first half of the time not counted.</summary>
    private static double Loop(Action predict, int milliseconds)
    {
        var ticks = milliseconds * Stopwatch.Frequency / 2000;
        Count(predict, ticks);
        var start = Stopwatch.GetTimestamp();
        var calls = Count(predict, ticks);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }

    private static long Count(Action predict, long ticks)
    {
        var start = Stopwatch.GetTimestamp();
        var calls = 0L;
        for (; Stopwatch.GetTimestamp() - start < ticks; calls += 64)
        {
            for (var i = 0; i < 64; i++)
            {
                predict();
            }
        }

        return calls;
    }

    private static string Micros(long from, long to) => ((to - from) * (1e6 / Stopwatch.Frequency)).ToString("0.0", CultureInfo.InvariantCulture);
}
