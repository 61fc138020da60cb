using System.CommandLine;
using Benchmarks.Models;
using Benchmarks.Timing;
using Benchmarks.Torch;
using Espalier.Samples;
using Spectre.Console;
using TorchSharp;
using static Benchmarks.Timing.Numbers;

var json = new Option<FileInfo?>("--json") { Description = "Writes what was measured as rows of suite, case, subject, metric and value." };
var rounds = new Option<int>("--rounds") { Description = "How often each subject is timed in turn; slow ones less often.", DefaultValueFactory = _ => 31 };
var layer = new Option<string?>("--layer") { Description = "One layer alone, e.g. Alex-6." };
var root = new RootCommand("The nine pruned layers of the EIE paper at batch 1 beside TorchSharp, one thread each.") { json, rounds, layer };
root.SetAction(parse => Run(parse.GetValue(layer), parse.GetValue(rounds), parse.GetValue(json)));
return root.Parse(args).Invoke();

static int Run(string? name, int rounds, FileInfo? json)
{
    var console = Console.Out;
    try
    {
        // Where a library does not load, TorchSharp writes pages about each attempt.
        Console.SetOut(TextWriter.Null);
        torch.set_num_threads(1);
    }
    catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or NotSupportedException or BadImageFormatException or EntryPointNotFoundException)
    {
        Console.Error.WriteLine("TorchSharp cannot run on this system: its native libraries do not load, most likely because they need a newer C library than it has.");
        return 1;
    }
    finally
    {
        Console.SetOut(console);
    }

    using var inference = torch.inference_mode();
    var rows = new MeasurementRows("eie");
    var table = Tables.New("EIE layers, batch 1, one thread: µs a sample", ["layer", Subjects.Espalier, "torch fp32", "torch CSR", "fp32 takes", "CSR takes"]);
    foreach (var chosen in EieLayer.All.Where(candidate => name is null || candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
    {
        Console.Error.WriteLine($"{chosen.Name} ...");
        var weights = SyntheticWeights.For(chosen.Pruned);
        var model = chosen.CreatePruned(weights, null);
        var input = SyntheticWeights.Inputs(chosen.Pruned.Inputs);
        var output = new float[chosen.Pruned.Outputs];
        model.One(input, output);
        using var torchLayer = new TorchLayer(weights.Layers[0], input);
        if (torchLayer.Error(output) is var difference && !(difference < 0.01))
        {
            throw new InvalidOperationException($"TorchSharp gives other answers for {chosen.Name} (by {difference}): the comparison would mean nothing.");
        }

        var micros = SideBySide.Micros([() => model.One(input, output), torchLayer.Dense, torchLayer.Rows], rounds, secondsForAll: 12);
        table.AddRow(chosen.Name, Short(micros[0]), Short(micros[1]), Short(micros[2]), $"{Short(micros[1] / micros[0])}x", $"{Short(micros[2] / micros[0])}x");
        foreach (var (subject, time) in new[] { (Subjects.Espalier, micros[0]), ("torch-fp32", micros[1]), (Subjects.TorchCsr, micros[2]) })
        {
            rows.Add($"{chosen.Name}/b1", subject, "micros", time);
            rows.Add($"{chosen.Name}/b1", subject, "ratio", time / micros[0]);
        }
    }

    Tables.Write(table);
    if (json is not null)
    {
        rows.WriteTo(json.FullName);
    }

    return 0;
}
