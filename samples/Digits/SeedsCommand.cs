using System.Globalization;
using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Digits;

/// <summary>
/// Trains with several seeds and reports the means, the compressed networks by their compiled kernels: on the held-out part, or on the
/// validation part alone. Whoever changes the recipe looks at the latter only.
/// </summary>
internal static class SeedsCommand
{
    public static int Run(FileInfo? dataFile, int count, bool validation, FileInfo? json, CancellationToken cancellation)
    {
        var data = DigitsData.Load(dataFile?.FullName);
        var (part, name) = validation ? (data.Validation, "validation") : (data.HeldOut, "held out");
        if (part.Count == 0)
        {
            Console.Error.WriteLine($"There are no rows to report on: the part \"{name}\" is empty.");
            return 1;
        }

        var results = ProgressBar.Show(context => Enumerable.Range(1, count).Select(seed =>
        {
            var bar = new ProgressBar(context.AddTask($"seed {seed}"), $"seed {seed}");
            var trained = Recipe.Train<DigitsNet>(data, seed, bar, cancellation);
            var compiled = DigitsNet.Create(trained.Weights);
            return (Seed: seed, Reference: Evaluation.Accuracy(trained.Reference, part, DigitsData.Classes), Compiled: Evaluation.Accuracy(compiled, part, DigitsData.Classes), Bytes: (double)Artifact.From(trained).Bytes, Dense: (double)trained.Reference.Bytes);
        }).ToArray());

        var rows = new MeasurementRows("digits");
        var table = new Table().AddColumns("seed", $"reference, {name}", $"compiled, {name}", "points lost", "bytes", "fewer");
        foreach (var r in results)
        {
            Add($"{r.Seed}", r.Reference, r.Compiled, r.Bytes, r.Dense / r.Bytes);
        }

        var (reference, accuracy, bytes, ratio) = (results.Average(r => r.Reference), results.Average(r => r.Compiled), results.Average(r => r.Bytes), results.Average(r => r.Dense / r.Bytes));
        Add("mean", reference, accuracy, bytes, ratio);
        AnsiConsole.Write(table);
        rows.Add(validation ? "digits/seeds/validation" : "digits/seeds", "reference-fp32", "accuracy", reference);
        rows.Add(validation ? "digits/seeds/validation" : "digits/seeds", "espalier", "accuracy", accuracy);
        rows.Add(validation ? "digits/seeds/validation" : "digits/seeds", "espalier", "bytes", bytes);
        rows.Add(validation ? "digits/seeds/validation" : "digits/seeds", "espalier", "ratio", ratio);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;

        void Add(string seed, double denseAccuracy, double compiledAccuracy, double size, double fewer) => table.AddRow(
            seed,
            denseAccuracy.ToString("P2", CultureInfo.InvariantCulture),
            compiledAccuracy.ToString("P2", CultureInfo.InvariantCulture),
            (100 * (denseAccuracy - compiledAccuracy)).ToString("0.00", CultureInfo.InvariantCulture),
            size.ToString("N0", CultureInfo.InvariantCulture),
            fewer.ToString("0.0\\x", CultureInfo.InvariantCulture));
    }
}
