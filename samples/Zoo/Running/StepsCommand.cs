using System.Diagnostics;
using System.Globalization;
using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Zoo.Running;

/// <summary>What the time of a prediction goes into: the microseconds of each step, and the multiply-adds of a nanosecond.</summary>
internal static class StepsCommand
{
    private const int Rounds = 41;
    private const double SecondsForAll = 6;

    public static int Run(IReadOnlyList<ZooModel> models, IReadOnlyList<VariantForm> forms, int threads, FileInfo? json)
    {
        var rows = new MeasurementRows("zoo-steps");
        foreach (var model in models)
        {
            foreach (var form in forms)
            {
                Measure(model, form, threads, rows);
            }
        }

        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static void Measure(ZooModel model, VariantForm form, int threads, MeasurementRows rows)
    {
        var clock = new StepClock();
        var variant = VariantCompiler.Compile(model, form, program => clock.Rewrite(program, InstructionTiers.Best));
        var floats = SeededWeights.For(model.Description, form == VariantForm.Pruned ? model.SparsityOf : null);
        var image = SeededWeights.Image(model.Description);
        var weights = form == VariantForm.Fp32
            ? new ModelWeights(variant.Description, floats.Normalisation, floats.Layers)
            : IntegerNetwork.Of(variant.Description, floats, new Ranges(floats, image));
        var predictor = variant.Create(weights, threads);
        var micros = Times(predictor, image, new float[variant.Description.Outputs], StepClock.TimesOf(predictor.GetType().Assembly), clock.Steps.Count);
        var all = micros.Sum();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Title} {form} on {InstructionTiers.Best}, {threads} thread(s): {all / 1000:0.000} ms"));
        Console.WriteLine("     µs     %  MAC/ns  step");
        foreach (var (step, text) in clock.Steps)
        {
            var layer = variant.Description.Layers.FirstOrDefault(layer => text.StartsWith(layer.Path + ":", StringComparison.Ordinal));
            var rate = layer is { HasWeights: true } ? (layer.MultiplyAdds / micros[step] / 1000).ToString("0.0", CultureInfo.InvariantCulture) : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{micros[step],7:0.0} {100 * micros[step] / all,5:0.0} {rate,7}  {text}"));
            rows.Add($"{model.Name}/{step}", $"espalier-{form.ToString().ToLowerInvariant()}", "micros", micros[step]);
        }
    }

    /// <summary>Medians by step.</summary>
    private static double[] Times(IPredictor predictor, float[] image, float[] output, long[] times, int steps)
    {
        // Until tiered compilation has long done its work.
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 1.5)
        {
            predictor.Predict(image, output);
        }

        start = Stopwatch.GetTimestamp();
        var rounds = new List<double[]>();
        while (rounds.Count < 5 || (rounds.Count < Rounds && Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsForAll))
        {
            times[0] = Stopwatch.GetTimestamp();
            predictor.Predict(image, output);
            times[steps] = Stopwatch.GetTimestamp();
            rounds.Add([.. Enumerable.Range(0, steps).Select(step => StepClock.Micros(times[step], times[step + 1]))]);
        }

        return [.. Enumerable.Range(0, steps).Select(step => Median(rounds.Select(round => round[step])))];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
