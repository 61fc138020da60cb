using System.Globalization;
using Espalier;
using Espalier.Samples;

namespace Mnist.Analysis;

/// <summary>An analysis as rows for <c>--json</c>.</summary>
internal static class AnalysisRows
{
    public static void Add(MeasurementRows rows, SensitivityReport report)
    {
        rows.Add("sensitivity/uncompressed", "reference-fp32", "accuracy", report.Accuracy);
        foreach (var curve in report.Curves)
        {
            foreach (var point in curve.Points)
            {
                rows.Add(Text($"sensitivity/{curve.Layer.Path}/{curve.Kind}/{point.Setting}"), "espalier", "accuracy", point.Accuracy);
            }
        }
    }

    public static void Add(MeasurementRows rows, IReadOnlyList<SweepPoint> sweep)
    {
        foreach (var point in sweep)
        {
            var name = Text($"sweep/{point.Method}/{point.Sparsity}/{point.Bits?.ToString(CultureInfo.InvariantCulture) ?? "fp32"}");
            rows.Add(name, "espalier", "accuracy", point.Accuracy);
            rows.Add(name, "espalier", "bytes", point.Bytes);
            rows.Add(name, "espalier", "ratio", point.Ratio);
        }
    }

    public static void Add(MeasurementRows rows, double sparsity, TrainedModel trained)
    {
        var name = Text($"retrained/{sparsity}");
        rows.Add(name, "espalier", "accuracy", trained.ValidationAccuracy);
        rows.Add(name, "espalier", "bytes", trained.Report.Bytes);
        rows.Add(name, "espalier", "ratio", trained.Report.CompressionRatio);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
