using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Espalier;

/// <summary>A sensitivity report as lines of text.</summary>
internal static class SensitivityText
{
    public static void Write(SensitivityReport report, TextWriter writer)
    {
        writer.WriteLine(Text($"{report.Model.Name}: accuracy {report.Accuracy:P2} of {report.Samples:#,0} samples; below, points lost when one layer alone is compressed, without retraining"));
        foreach (var kind in report.Curves.GroupBy(curve => curve.Kind).Where(curves => curves.Any(curve => curve.Points.Count > 0)))
        {
            var curves = kind.ToArray();
            var table = new TextTable([Heading(kind.Key), .. curves.Select(curve => curve.Layer.Path)]);
            for (var point = 0; point < curves[0].Points.Count; point++)
            {
                table.Add([
                    Setting(kind.Key, curves[0].Points[point].Setting),
                    .. curves.Select(curve => Text($"{100 * (report.Accuracy - curve.Points[point].Accuracy):0.00}")),
                ]);
            }

            writer.WriteLine();
            table.WriteTo(writer);
        }
    }

    private static string Heading(SensitivityKind kind) => kind switch
    {
        SensitivityKind.Sparsity => "sparsity",
        SensitivityKind.GridBits => "bits on a grid",
        _ => "bits of a codebook",
    };

    private static string Setting(SensitivityKind kind, double setting) => kind == SensitivityKind.Sparsity ? Text($"{setting:P1}") : Text($"{setting:0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
