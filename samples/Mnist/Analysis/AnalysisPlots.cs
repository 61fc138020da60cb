using Espalier;
using Espalier.Samples;
using OxyPlot.Legends;

namespace Mnist.Analysis;

/// <summary>The plots of an analysis, each an SVG file of a folder.</summary>
internal static class AnalysisPlots
{
    public static void Write(string folder, TrainingCurve curve, SensitivityReport sensitivity, IReadOnlyList<SweepPoint> sweep, IReadOnlyList<(double Sparsity, TrainedModel Trained)> retrained)
    {
        var plots = new List<(string Name, LinePlot Plot)>
        {
            ("sensitivity-sparsity", Sensitivity(sensitivity, SensitivityKind.Sparsity)),
            ("sensitivity-grid", Sensitivity(sensitivity, SensitivityKind.GridBits)),
            ("sensitivity-codebook", Sensitivity(sensitivity, SensitivityKind.CodebookBits)),
            ("compression", Compression(sweep, retrained)),
        };
        if (!curve.IsEmpty)
        {
            plots.Add(("loss", curve.LossPlot("Dense LeNet-300-100: loss")));
            plots.Add(("error", curve.ErrorPlot("Dense LeNet-300-100: held-out error")));
        }

        foreach (var (name, plot) in plots)
        {
            plot.WriteTo(Path.Combine(folder, name + ".svg"));
        }

        Console.WriteLine($"{plots.Count} plots in {folder}{(curve.IsEmpty ? "; none of the loss, as the dense network was not trained now" : "")}");
    }

    private static LinePlot Sensitivity(SensitivityReport report, SensitivityKind kind)
    {
        var plot = new LinePlot(
            kind switch { SensitivityKind.Sparsity => "One layer pruned, without retraining", SensitivityKind.GridBits => "One layer on a grid, without retraining", _ => "One layer with a codebook, without retraining" },
            kind == SensitivityKind.Sparsity ? "sparsity of the layer, %" : "bits of a weight",
            "held-out accuracy, %")
        {
            Names = kind == SensitivityKind.Sparsity ? LegendPosition.LeftBottom : LegendPosition.RightBottom,
        };
        foreach (var curve in report.Curves.Where(curve => curve.Kind == kind))
        {
            plot.With(curve.Layer.Path, curve.Points.Select(point => (kind == SensitivityKind.Sparsity ? 100 * point.Setting : point.Setting, 100 * point.Accuracy)));
        }

        return plot;
    }

    private static LinePlot Compression(IReadOnlyList<SweepPoint> sweep, IReadOnlyList<(double Sparsity, TrainedModel Trained)> retrained)
    {
        var plot = new LinePlot("Accuracy against compression", "times smaller than fp32", "held-out accuracy, %") { IsLogarithmic = true, Names = LegendPosition.LeftBottom };
        foreach (var method in sweep.GroupBy(point => point.Method))
        {
            plot.With(method.Key switch { SweepMethod.Pruned => "pruned", SweepMethod.Shared => "weights shared", _ => "pruned and shared" }, method.Select(point => (point.Ratio, 100 * point.Accuracy)));
        }

        return retrained.Count == 0 ? plot : plot.With("retrained, int8", retrained.Select(run => (run.Trained.Report.CompressionRatio, 100 * run.Trained.ValidationAccuracy)));
    }
}
