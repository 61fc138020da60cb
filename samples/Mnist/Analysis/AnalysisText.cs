using System.Globalization;
using Espalier;

namespace Mnist.Analysis;

/// <summary>An analysis as text on the console.</summary>
internal static class AnalysisText
{
    /// <summary>What was measured in this order: the subjects of the rows too.</summary>
    public static readonly string[] Subjects = ["reference-fp32", "espalier"];

    public static void Print(SensitivityReport report, double tolerance)
    {
        report.WriteTo(Console.Out);
        Console.WriteLine();
        Line($"tolerated for {100 * tolerance:0.##} points, one layer at a time:");
        foreach (var layer in report.Model.Layers)
        {
            string Of(SensitivityKind kind, string format) => report.Curve(layer.Path, kind).Tolerated(tolerance)?.ToString(format, CultureInfo.InvariantCulture) ?? "none";
            Line($"  {layer.Path}: sparsity {Of(SensitivityKind.Sparsity, "P1")}, grid {Of(SensitivityKind.GridBits, "0")} bits, codebook {Of(SensitivityKind.CodebookBits, "0")} bits");
        }
    }

    public static void Print(IReadOnlyList<SweepPoint> sweep, double uncompressed)
    {
        Console.WriteLine();
        Console.WriteLine("all layers alike, without retraining:");
        foreach (var point in sweep)
        {
            Line($"  {point.Method,-16} sparsity {point.Sparsity,6:P1}  {(point.Bits is { } bits ? $"{bits} bits" : "fp32"),-6}  {point.Bytes,9:#,0} bytes  {point.Ratio,6:0.0}x  {100 * (uncompressed - point.Accuracy),6:0.00} points lost");
        }
    }

    /// <summary>And the whole report of the smallest that loses no more than is tolerated; of the mildest where all lose more.</summary>
    public static void Print(IReadOnlyList<(double Sparsity, TrainedModel Trained)> retrained, double uncompressed, double tolerance)
    {
        if (retrained.Count == 0)
        {
            return;
        }

        Console.WriteLine();
        Console.WriteLine("pruned, retrained, shared, retrained, quantized (the last layer keeps three times as much):");
        foreach (var (sparsity, trained) in retrained)
        {
            Line($"  sparsity {sparsity,6:P1}  {trained.Report.Bytes,9:#,0} bytes  {trained.Report.CompressionRatio,6:0.0}x  {100 * (uncompressed - trained.ValidationAccuracy),6:0.00} points lost");
        }

        var (fits, mildest) = (retrained.Where(run => uncompressed - run.Trained.ValidationAccuracy <= tolerance).ToArray(), retrained.MinBy(run => run.Sparsity));
        var (at, shown) = fits.Length > 0 ? fits.MinBy(run => run.Trained.Report.Bytes) : mildest;
        Console.WriteLine();
        Line($"at sparsity {at:P1}:");
        shown.Report.WriteTo(Console.Out);
    }

    public static void Print(IReadOnlyList<PredictionTime> times)
    {
        Console.WriteLine();
        foreach (var (subject, time) in Subjects.Zip(times))
        {
            Line($"dense network, {subject}: {time.Microseconds:0.00} µs a prediction ({time.LowerQuartile:0.00} to {time.UpperQuartile:0.00}), {time.PerSecond:#,0} a second on one thread");
        }
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
