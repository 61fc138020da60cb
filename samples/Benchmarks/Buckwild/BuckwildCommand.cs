using System.Diagnostics;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Buckwild;

/// <summary>Linear models by stochastic gradient descent in low precision: numbers of the dataset a second, from first-level caches to beyond every one, and what is learned.</summary>
internal static class BuckwildCommand
{
    private const int Numbers = 64 << 20;

    /// <summary>Numbers of a timing at least: a few milliseconds.</summary>
    private const int NumbersARound = 16 << 20;

    private static readonly int[] s_sweep = [4 << 10, 64 << 10, 512 << 10, 4 << 20, Numbers];

    public static int Run(int width, int threads, int batch, bool sweep, bool curves, int rounds, FileInfo? json)
    {
        var rows = new MeasurementRows("buckwild");
        foreach (var numbers in sweep ? s_sweep : [Numbers])
        {
            Speed(numbers, Math.Min(width, numbers / 4), threads, batch, rounds, rows);
        }

        if (curves)
        {
            LearningCurves.Show([100, 1000], threads, batch, rows);
        }

        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static void Speed(int numbers, int width, int threads, int batch, int rounds, MeasurementRows rows)
    {
        var samples = SyntheticSamples.Of(LinearLoss.Logistic, numbers / width, width, seed: 2);
        (string Name, LinearTrainingOptions Options)[] cases =
        [
            ("D32fM32f", Of(DmgcSignature.D32FM32F, Espalier.Rounding.Nearest, RandomDraw.Shared)),
            ("D16M16", Of(DmgcSignature.D16M16, Espalier.Rounding.Stochastic, RandomDraw.Shared)),
            ("D16M16, fresh numbers", Of(DmgcSignature.D16M16, Espalier.Rounding.Stochastic, RandomDraw.Fresh)),
            ("D8M8", Of(DmgcSignature.D8M8, Espalier.Rounding.Stochastic, RandomDraw.Shared)),
            ("D8M8, fresh numbers", Of(DmgcSignature.D8M8, Espalier.Rounding.Stochastic, RandomDraw.Fresh)),
            ("D8M8, nearest", Of(DmgcSignature.D8M8, Espalier.Rounding.Nearest, RandomDraw.Shared)),
        ];
        LinearModelTraining[] trainings = [.. cases.Select(entry => new LinearModelTraining(samples.Inputs, samples.Targets, width, entry.Options))];
        var times = Times(trainings, Math.Max(1, NumbersARound / numbers), rounds);
        var table = Tables.New(
            $"Logistic regression, {numbers / width} samples of {width} ({numbers / 1024} K numbers), threads: {threads}, batches of {batch}. 10⁹ numbers a second",
            ["signature", "GNPS", "times D32fM32f", "of the rounds: lowest fifth", "highest fifth"]);
        for (var i = 0; i < cases.Length; i++)
        {
            // The ratio of neighbours in time: what the rest of the machine does to both cancels.
            var ratios = times.Select(round => round[0] / round[i]).Order().ToArray();
            var gnps = numbers / times.Select(round => round[i]).Order().ElementAt(times.Length / 2) / 1e3;
            table.AddRow(cases[i].Name, Short(gnps), Short(ratios[ratios.Length / 2]), Short(ratios[ratios.Length / 5]), Short(ratios[ratios.Length * 4 / 5]));
            rows.Add($"{numbers / 1024}K/{width}/t{threads}/b{batch}", cases[i].Name, "gnps", gnps);
            rows.Add($"{numbers / 1024}K/{width}/t{threads}/b{batch}", cases[i].Name, "ratio", ratios[ratios.Length / 2]);
        }

        Tables.Write(table);

        LinearTrainingOptions Of(DmgcSignature signature, Espalier.Rounding rounding, RandomDraw draw) => new()
        {
            Signature = signature,
            Rounding = rounding,
            Draw = draw,
            Threads = threads,
            BatchSize = batch,
            LearningRate = 0.5 / width,
            WeightRange = 16 / MathF.Sqrt(width),
        };
    }

    /// <summary>Microseconds of an epoch by round and training, all in turn.</summary>
    private static double[][] Times(LinearModelTraining[] trainings, int epochs, int rounds)
    {
        for (var i = 0; i < 3 * trainings.Length; i++)
        {
            trainings[i % trainings.Length].Epoch();
        }

        var times = new double[Math.Max(5, rounds)][];
        for (var round = 0; round < times.Length; round++)
        {
            times[round] = new double[trainings.Length];
            for (var i = 0; i < trainings.Length; i++)
            {
                if (epochs > 1)
                {
                    // Small ones come back into the caches that the training before has filled.
                    trainings[i].Epoch();
                }

                var start = Stopwatch.GetTimestamp();
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    trainings[i].Epoch();
                }

                times[round][i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / epochs;
            }
        }

        return times;
    }
}
