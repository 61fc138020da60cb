using Benchmarks.Models;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Threads;

/// <summary>One thread against several, in turn in one process. Layers that take less than a hand-over is worth run on one thread in both columns.</summary>
internal static class ThreadsCommand
{
    public static int Run(int threads, string? name, int rounds, FileInfo? json)
    {
        var rows = new MeasurementRows("threads");
        var table = Tables.New($"One thread and {threads}, {Environment.ProcessorCount} processors: µs a call", ["case", "one thread", $"{threads} threads", "times as fast"]);
        foreach (var layer in EieLayer.All.Where(layer => name is null || layer.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            Console.Error.WriteLine($"{layer.Name} ...");
            var weights = SyntheticWeights.For(layer.Pruned);
            Add($"{layer.Name}/b1", 1, layer.CreatePruned(weights, null), layer.CreateThreaded(weights, threads), layer.Pruned);
            GC.Collect();
        }

        foreach (var batch in name is null ? new[] { 1, 1024 } : [])
        {
            var weights = SyntheticWeights.For(LeNet300.Description);
            Add($"lenet300/b{batch}", batch, CompiledModel.Create<LeNet300>(weights), CompiledModel.CreateThreaded<LeNet300>(weights, threads), LeNet300.Description);
        }

        if (table.Rows.Count == 0)
        {
            throw new ArgumentException($"There is no layer {name}; there are {string.Join(", ", EieLayer.All.Select(layer => layer.Name))}.");
        }

        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;

        void Add(string testCase, int batch, CompiledModel one, CompiledModel several, ModelDescription model)
        {
            using var contest = new Contest(model.Inputs, model.Outputs, batch);
            contest.Add(Subjects.Espalier, one);
            contest.Add(Subjects.OnThreads(threads), several);
            var micros = contest.Micros(rounds);
            var (alone, shared) = (micros[Subjects.Espalier], micros[Subjects.OnThreads(threads)]);
            table.AddRow(testCase, Short(alone), Short(shared), $"{Short(alone / shared)}x");
            rows.Add(testCase, Subjects.Espalier, "micros", alone);
            rows.Add(testCase, Subjects.OnThreads(threads), "micros", shared);
            rows.Add(testCase, Subjects.OnThreads(threads), "ratio", shared / alone);
        }
    }
}
