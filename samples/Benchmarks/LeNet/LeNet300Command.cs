using Benchmarks.Timing;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.LeNet;

/// <summary>A whole network, where calls are so short that the peer's overhead counts: also reported without it.</summary>
internal static class LeNet300Command
{
    private static readonly (string Subject, string Name)[] s_subjects =
    [
        (Subjects.Espalier, "espalier, pruned + int8 + codebook"), (Subjects.DenseInt8, "espalier, dense int8"), (Subjects.DenseFp32, "espalier, dense fp32"),
        (Subjects.OrtFp32, "ORT fp32"), (Subjects.OrtInt8, "ORT int8"),
    ];

    public static int Run(IReadOnlyList<int> batches, int rounds, FileInfo? json)
    {
        var contest = new LeNetContest();
        var compressed = contest.Compressed();
        var call = LeNetContest.OrtCallMicros(rounds);
        var rows = new MeasurementRows("lenet300");
        if (call is { } nothing)
        {
            rows.Add("call", Subjects.OrtCall, "micros", nothing);
        }

        foreach (var batch in batches)
        {
            var micros = contest.Micros(compressed, batch, rounds);
            Write(batch, micros, call);
            foreach (var (subject, time) in micros)
            {
                rows.Add($"lenet300/b{batch}", subject, "micros", time);
                rows.Add($"lenet300/b{batch}", subject, "micros-per-sample", time / batch);
                rows.Add($"lenet300/b{batch}", subject, "ratio", time / micros[Subjects.Espalier]);
                if (call is { } overhead && subject.StartsWith("ort-", StringComparison.Ordinal))
                {
                    rows.Add($"lenet300/b{batch}", subject, "ratio-without-call", (time - overhead) / micros[Subjects.Espalier]);
                }
            }

            rows.Add($"lenet300/b{batch}", Subjects.Espalier, "bytes", compressed.TableBytes);
        }

        Console.WriteLine($"A call of ONNX Runtime that computes nothing takes {Short(call)} µs; the ratios in brackets leave it out.");
        Console.WriteLine($"Compressed, {compressed.Tier}: {compressed.Layouts}.");
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static void Write(int batch, IReadOnlyDictionary<string, double> micros, double? call)
    {
        var table = Tables.New($"LeNet-300-100, batch {batch}, one thread", ["network", "µs a call", "µs a sample", "ORT fp32 takes", "ORT int8 takes"]);
        foreach (var (subject, name) in s_subjects)
        {
            double? time = micros.TryGetValue(subject, out var known) ? known : null;
            table.AddRow(name, Short(time), Short(time / batch), Against(Subjects.OrtFp32), Against(Subjects.OrtInt8));

            string Against(string peer) => !micros.TryGetValue(peer, out var other) ? Short(null)
                : subject.StartsWith("ort-", StringComparison.Ordinal) ? $"{Short(other / time)}x"
                : $"{Short(other / time)}x ({Short((other - call) / time)}x)";
        }

        Tables.Write(table);
    }
}
