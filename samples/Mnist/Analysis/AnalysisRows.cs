using System.Globalization;
using Espalier;
using Espalier.Samples;

namespace Mnist.Analysis;

/// <summary>An analysis as rows for <c>--json</c>.</summary>
internal static class AnalysisRows
{
    public static void Add(MeasurementRows rows, SensitivityReport report)
    {
        rows.Add("LeNet-300-100/sensitivity/uncompressed", "reference-fp32", "accuracy", report.Accuracy);
        foreach (var curve in report.Curves)
        {
            foreach (var point in curve.Points)
            {
                rows.Add(Text($"LeNet-300-100/sensitivity/{curve.Layer.Path}/{curve.Kind}/{point.Setting}"), "espalier", "accuracy", point.Accuracy);
            }
        }
    }

    public static void Add(MeasurementRows rows, IReadOnlyList<SweepPoint> sweep)
    {
        foreach (var point in sweep)
        {
            var name = Text($"LeNet-300-100/sweep/{point.Method}/{point.Sparsity}/{point.Bits?.ToString(CultureInfo.InvariantCulture) ?? "fp32"}");
            rows.Add(name, "espalier", "accuracy", point.Accuracy);
            rows.Add(name, "espalier", "bytes", point.Bytes);
            rows.Add(name, "espalier", "ratio", point.Ratio);
        }
    }

    public static void Add(MeasurementRows rows, IReadOnlyList<(double Sparsity, TrainedModel Trained)> retrained)
    {
        foreach (var (sparsity, trained) in retrained)
        {
            var name = Text($"LeNet-300-100/retrained/{sparsity}");
            rows.Add(name, "espalier", "accuracy", trained.ValidationAccuracy);
            rows.Add(name, "espalier", "bytes", trained.Report.Bytes);
            rows.Add(name, "espalier", "ratio", trained.Report.CompressionRatio);
        }
    }

    public static void Add(MeasurementRows rows, IReadOnlyList<PredictionTime> times)
    {
        foreach (var (subject, time) in AnalysisText.Subjects.Zip(times))
        {
            rows.Add("LeNet-300-100/dense/b1", subject, "micros", time.Microseconds);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
