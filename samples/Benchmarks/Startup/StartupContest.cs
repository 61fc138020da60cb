namespace Benchmarks.Startup;

/// <summary>Starts programs in turn, many times: processes compete with everything else on a machine, so only medians taken in turn compare.</summary>
internal static class StartupContest
{
    private const int LoopMilliseconds = 60;
    private const int WarmStarts = 3;

    /// <summary>Medians of each program. A program that cannot start here, or predicts another class than the first, is left out with a line.</summary>
    public static IReadOnlyList<StartupMeasurement> Measure(IReadOnlyList<PublishedProgram> programs, int rounds)
    {
        var able = Able(programs);
        var starts = able.Select(_ => new List<double>()).ToArray();
        var times = able.Select(_ => new List<IReadOnlyDictionary<string, double>>()).ToArray();
        var loops = able.Select(_ => new List<double>()).ToArray();
        var tiers = new string[able.Count];
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < able.Count; i++)
            {
                starts[i].Add(able[i].Start().Milliseconds);
                (var micros, tiers[i]) = able[i].Times();
                times[i].Add(micros);
            }

            // By themselves: a warm loop leaves the processor at another clock than a process that just began.
            for (var i = 0; i < able.Count; i++)
            {
                loops[i].Add(able[i].LoopMicros(LoopMilliseconds));
            }

            Console.Error.Write($"\rstarted {round + 1} of {rounds} times");
        }

        Console.Error.WriteLine();
        return
        [
            .. able.Select((program, i) => new StartupMeasurement(
                program, tiers[i], Median(starts[i]), times[i][0].Keys.ToDictionary(name => name, name => Median(times[i].Select(micros => micros[name]))), Median(loops[i]))),
        ];
    }

    private static List<PublishedProgram> Able(IReadOnlyList<PublishedProgram> programs)
    {
        var able = new List<PublishedProgram>();
        int? expected = null;
        foreach (var program in programs)
        {
            var answer = 0;
            for (var i = 0; i < WarmStarts; i++)
            {
                answer = program.Start().Class;
            }

            if (answer is < 0 or > 9)
            {
                Console.Error.WriteLine($"{program.Form.Title} is missing: it does not start on this machine (exit code {answer}).");
            }
            else if ((expected ??= answer) != answer)
            {
                throw new InvalidOperationException($"{program.Form.Title} predicts class {answer}, not {expected}: the comparison would mean nothing.");
            }
            else
            {
                able.Add(program);
            }
        }

        return able;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
