using System.Globalization;
using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Mnist;

/// <summary>Tables and rows of the <c>lowprecision</c> command.</summary>
internal static class LowPrecisionReport
{
    private const int FileWidth = 180;

    /// <summary>Both roundings side by side, epoch by epoch: one learns and the other stands still.</summary>
    public static void Curves(IReadOnlyList<TrainingProgress> stochastic, IReadOnlyList<TrainingProgress> nearest)
    {
        Widen();
        var table = new Table { Title = new TableTitle("8-bit weights of LeNet-300-100 without a full-precision copy: one seed, the same first weights") }
            .AddColumns("epoch", "loss, stochastic", "held out", "ΔW = 0", "loss, nearest", "held out", "ΔW = 0");
        foreach (var (one, other) in stochastic.Zip(nearest))
        {
            table.AddRow([$"{one.Epoch}", .. Cells(one), .. Cells(other)]);
        }

        AnsiConsole.Write(table);

        static string[] Cells(TrainingProgress epoch) => [Text($"{epoch.Loss:0.0000}"), Text($"{100 * (1 - epoch.ValidationAccuracy):0.00} %"), Share(epoch.Underflow)];
    }

    /// <summary>Every seed, then means.</summary>
    public static void Errors(IReadOnlyList<(LowPrecisionVariant Variant, int Seed, LowPrecisionResult Result)> results)
    {
        var table = new Table().AddColumns("network", "numbers", "seed", "held-out error", "test error", "against fp32", "ΔW = 0", "loss scale", "steps left out", "seconds");
        foreach (var (variant, seed, result) in results)
        {
            table.AddRow(
                variant.Case, variant.Name, Text($"{seed}"), Text($"{result.HeldOutError:0.00} %"), Percent(result.TestError), "", Share(result.Underflow),
                result.Curve.Count > 0 ? Text($"{result.Curve[^1].LossScaling}") : "", result.Curve.Count > 0 ? Text($"{result.Curve[^1].SkippedSteps}") : "", Text($"{result.Seconds:0.0}"));
        }

        foreach (var variant in results.Select(result => result.Variant).Distinct())
        {
            table.AddRow(
                variant.Case, variant.Name, "mean", Text($"{Mean(results, variant, result => result.HeldOutError):0.00} %"), Percent(Mean(results, variant, result => result.TestError)),
                Points(Difference(results, variant)), "", "", "", Text($"{Mean(results, variant, result => result.Seconds):0.0}"));
        }

        AnsiConsole.Write(table);
    }

    public static void Add(MeasurementRows rows, IReadOnlyList<(LowPrecisionVariant Variant, int Seed, LowPrecisionResult Result)> results)
    {
        foreach (var (variant, seed, result) in results)
        {
            var (name, subject) = ($"{variant.Case}/{variant.Name}/seed {seed}", variant.Name == LowPrecisionVariant.Reference ? "reference-fp32" : "espalier");
            rows.Add($"{name}/held-out", subject, "error", result.HeldOutError);
            if (result.TestError is { } error)
            {
                rows.Add($"{name}/test", subject, "error", error);
                rows.Add($"{name}/test", subject, "accuracy", 1 - (error / 100));
            }

            rows.Add($"{name}/train", subject, "seconds", result.Seconds);
            foreach (var epoch in result.Curve)
            {
                rows.Add($"{name}/epoch {epoch.Epoch}", subject, "loss", epoch.Loss);
                rows.Add($"{name}/epoch {epoch.Epoch}/held-out", subject, "error", 100 * (1 - epoch.ValidationAccuracy));
                if (epoch.Underflow is { } underflow)
                {
                    rows.Add($"{name}/epoch {epoch.Epoch}/underflow", subject, "ratio", underflow);
                }
            }
        }

        foreach (var variant in results.Select(result => result.Variant).Distinct())
        {
            if (Difference(results, variant) is { } points)
            {
                rows.Add($"{variant.Case}/{variant.Name}/mean/against-fp32", "espalier", "points", points);
                rows.Add($"{variant.Case}/{variant.Name}/mean/test", "espalier", "error", Mean(results, variant, result => result.TestError)!.Value);
            }
        }
    }

    /// <summary>Into a file tables need not fit a window.</summary>
    private static void Widen() => AnsiConsole.Profile.Width = Console.IsOutputRedirected ? FileWidth : AnsiConsole.Profile.Width;

    /// <summary>The mean test error less that of the same network in fp32, in points.</summary>
    private static double? Difference(IReadOnlyList<(LowPrecisionVariant Variant, int Seed, LowPrecisionResult Result)> results, LowPrecisionVariant variant)
    {
        var reference = LowPrecisionVariant.All.First(other => other.Case == variant.Case && other.Name == LowPrecisionVariant.Reference);
        return Mean(results, variant, result => result.TestError) - Mean(results, reference, result => result.TestError);
    }

    private static double? Mean(IReadOnlyList<(LowPrecisionVariant Variant, int Seed, LowPrecisionResult Result)> results, LowPrecisionVariant variant, Func<LowPrecisionResult, double?> figure) =>
        results.Where(result => result.Variant == variant).Average(result => figure(result.Result));

    private static string Percent(double? error) => error is { } value ? Text($"{value:0.00} %") : "not measured";

    private static string Points(double? difference) => difference is { } value ? Text($"{value:+0.00;-0.00;0.00}") : "";

    private static string Share(double? underflow) => underflow is { } value ? Text($"{100 * value:0.00} %") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
