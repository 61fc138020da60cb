using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Rounding;

/// <summary>What stochastic rounding costs beside rounding to nearest, in the first-level cache and far beyond the second.</summary>
internal static class RoundingCommand
{
    private const float Step = 1f / 64;
    private const int Top = 127;

    private static readonly int[] s_lengths = [4 << 10, 1 << 20, 4 << 20, 32 << 20];

    public static int Run(int rounds, FileInfo? json)
    {
        var rows = new MeasurementRows("rounding");
        var table = Tables.New(
            "Floats to a grid of 255 points, one thread: 10⁹ numbers a second, and throughput against nearest",
            ["case", "nearest", "stochastic", "shared", "stochastic / nearest", "shared / nearest"]);
        foreach (var length in s_lengths)
        {
            var values = Values(length);
            var codes = new sbyte[length];
            Add("in place", length, rounding => rounding.Round(values, Step, Top));
            Add("to int8", length, rounding => rounding.Round(values, codes, Step, Top));
        }

        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;

        void Add(string what, int length, Action<GridRounding> round)
        {
            GridRounding[] roundings = [new(Espalier.Rounding.Nearest), new(Espalier.Rounding.Stochastic), new(Espalier.Rounding.Stochastic, RandomDraw.Shared)];
            var micros = SideBySide.Micros([.. roundings.Select(rounding => (Action)(() => round(rounding)))], rounds);
            var size = length >= 1 << 20 ? $"{length >> 20} M" : $"{length >> 10} K";
            var testCase = $"{what}/{size} floats";
            table.AddRow([testCase, .. micros.Select(time => Short(length / time / 1e3)), Short(micros[0] / micros[1]), Short(micros[0] / micros[2])]);
            foreach (var (subject, time) in new[] { "nearest", "stochastic", "stochastic-shared" }.Zip(micros))
            {
                rows.Add(testCase, subject, "gnps", length / time / 1e3);
                rows.Add(testCase, subject, "ratio", micros[0] / time);
            }
        }
    }

    private static float[] Values(int length)
    {
        var random = new Random(1);
        var values = new float[length];
        foreach (ref var value in values.AsSpan())
        {
            value = (4 * random.NextSingle()) - 2;
        }

        return values;
    }
}
