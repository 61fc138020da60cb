using System.Globalization;
using Espalier.Samples;
using Spectre.Console;

namespace Zoo.Running;

/// <summary>Runs networks with weights from a seed beside ONNX Runtime: milliseconds, and how far the outputs are apart.</summary>
internal static class RunCommand
{
    /// <summary>What runs unless names are given.</summary>
    public static readonly string[] Usual = ["lenet5", "squeezenet", "alexnet", "resnet18", "vgg16", "resnet152"];

    public static int Run(IReadOnlyList<ZooModel> models, RunOptions options)
    {
        var rows = new MeasurementRows("zoo");
        foreach (var model in models)
        {
            using (var run = new NetworkRun(model, options))
            {
                var result = run.Measure();
                result.AddTo(rows);
                AnsiConsole.Write(Table(result));
            }

            // Half a gigabyte of weights in several forms: the next network needs the room.
            GC.Collect();
        }

        if (options.Json is not null)
        {
            rows.WriteTo(options.Json.FullName);
        }

        return 0;
    }

    private static Table Table(RunResult result)
    {
        var table = new Table().Title(Markup.Escape(result.Model.Title)).Border(TableBorder.Simple).AddColumns("subject", "ms", "against ORT", "deviation", "scratch bytes");
        foreach (var (subject, micros) in result.Micros)
        {
            var peer = result.Micros.TryGetValue(Peer(subject), out var theirs) ? Text(theirs / micros, "0.00x") : "missing";
            table.AddRow(
                subject,
                Text(micros / 1000, "0.000"),
                subject.StartsWith("ort", StringComparison.Ordinal) ? "" : peer,
                result.Deviations.TryGetValue(subject, out var deviation) ? Text(deviation, "0.0e+0") : "",
                result.Scratch.TryGetValue(subject, out var bytes) ? Text(bytes, "N0") : "");
        }

        return table;
    }

    /// <summary>What a subject is measured against: pruned networks against dense ones in int8, as nobody else has pruned ones.</summary>
    private static string Peer(string subject) => subject.Replace("espalier", "ort", StringComparison.Ordinal).Replace("pruned", "int8", StringComparison.Ordinal);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
