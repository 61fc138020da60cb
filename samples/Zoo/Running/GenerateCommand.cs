using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Espalier.Samples;
using Spectre.Console;

namespace Zoo.Running;

/// <summary>What a large network costs before it runs: the generator, the compiler, and the JIT until the first prediction.</summary>
internal static class GenerateCommand
{
    private const int Rounds = 5;

    public static int Run(IReadOnlyList<ZooModel> models, FileInfo? json)
    {
        var rows = new MeasurementRows("zoo-generate");
        var table = new Table().Title("Seconds before the first prediction").Border(TableBorder.Simple)
            .AddColumns("network", "generator, cold", "generator, warm", "compiler, cold", "compiler, warm", "JIT", "packing", "files", "characters");
        foreach (var model in models)
        {
            foreach (var form in new[] { VariantForm.Fp32, VariantForm.Int8 })
            {
                // The first compilation also compiles the compiler itself: a build server has done that long ago.
                var runs = Enumerable.Range(0, Rounds).Select(_ => VariantCompiler.Compile(model, form)).ToArray();
                var (generators, compilers) = (Seconds(runs, times => times.Generator), Seconds(runs, times => times.Compiler));
                var (jit, packing) = First(model, runs[^1], form);
                var times = runs[^1].Times;
                var subject = $"espalier-{form.ToString().ToLowerInvariant()}";
                foreach (var (metric, value) in new[] { ("generator-seconds", generators.Warm), ("compiler-seconds", compilers.Warm), ("jit-seconds", jit), ("packing-seconds", packing) })
                {
                    rows.Add(model.Name, subject, metric, value);
                }

                table.AddRow(
                    $"{model.Name} {form}", Text(generators.Cold), Text(generators.Warm), Text(compilers.Cold), Text(compilers.Warm), Text(jit), Text(packing),
                    times.Files.ToString(CultureInfo.InvariantCulture), times.Characters.ToString("N0", CultureInfo.InvariantCulture));
            }
        }

        AnsiConsole.Profile.Width = Math.Max(120, AnsiConsole.Profile.Width);
        AnsiConsole.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static (double Cold, double Warm) Seconds(CompiledVariant[] runs, Func<CompileTimes, TimeSpan> time)
    {
        var warm = runs.Skip(1).Select(run => time(run.Times).TotalSeconds).Order().ToArray();
        return (time(runs[0].Times).TotalSeconds, warm[warm.Length / 2]);
    }

    /// <summary>The JIT's own time until the first prediction has ended, and the seconds that packing took. On this thread: in the background the compiler that ran before is compiled again.</summary>
    private static (double Jit, double Packing) First(ZooModel model, CompiledVariant variant, VariantForm form)
    {
        var weights = SeededWeights.For(model.Description);
        var image = SeededWeights.Image(model.Description);
        var packed = form == VariantForm.Fp32
            ? new Espalier.ModelWeights(variant.Description, weights.Normalisation, weights.Layers)
            : IntegerNetwork.Of(variant.Description, weights, new Ranges(weights, image));
        var output = new float[variant.Description.Outputs];
        var before = JitInfo.GetCompilationTime(currentThread: true);
        var start = Stopwatch.GetTimestamp();
        var predictor = variant.Create(packed, 1);
        var packing = Stopwatch.GetElapsedTime(start).TotalSeconds;
        predictor.Predict(image, output);
        return ((JitInfo.GetCompilationTime(currentThread: true) - before).TotalSeconds, packing);
    }

    private static string Text(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);
}
