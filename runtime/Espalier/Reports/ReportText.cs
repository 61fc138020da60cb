using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Espalier;

/// <summary>A report as lines of text.</summary>
internal static class ReportText
{
    public static void Write(ModelReport report, TextWriter writer)
    {
        writer.WriteLine(Text($"{report.Model.Name}: {report.Bytes:#,0} bytes, {report.CompressionRatio:0.0}x fewer than {report.DenseBytes:#,0} in fp32; kernels for {report.Tier}"));
        writer.WriteLine();
        Layers(report).WriteTo(writer);
        writer.WriteLine();
        Bytes(report).WriteTo(writer);
        writer.WriteLine();
        CompressionTable.Of(report).WriteTo(writer);
        writer.WriteLine();
        EnergyText.Of(report).WriteTo(writer);
        writer.WriteLine();
        foreach (var coding in report.Codings)
        {
            writer.WriteLine(Text($"Coding {coding.Goal}: {coding.Bytes:#,0} bytes, decoded in {coding.DecodeMilliseconds:0.00} ms{(coding.Goal == report.Model.Coding ? " (this model's)" : "")}"));
        }

        if (report.Stages.Count > 0)
        {
            writer.WriteLine();
            Stages(report).WriteTo(writer);
        }

        writer.WriteLine();
        foreach (var precision in report.Layers.Select(layer => layer.Layer.Quantization.Weights).Append(Precision.Fp32).Distinct())
        {
            writer.WriteLine(NumberRange.Of(precision));
        }

        writer.WriteLine("Energy of one prediction by the table for 45 nm (Horowitz, 2014): arithmetic, and reading every weight once, pruned and quantized, from 8 KB of SRAM or from DRAM.");
    }

    private static TextTable Layers(ModelReport report)
    {
        var table = new TextTable("layer", "shape", "weights", "density", "weight bits", "index bits", "bytes", "fewer", "multiply-adds", "of", "energy nJ", "of", "kernel");
        foreach (var layer in report.Layers)
        {
            table.Add(
                layer.Layer.Path,
                layer.Layer.InputShape.IsImage || layer.Layer.OutputShape.IsImage ? $"{layer.Layer.InputShape} to {layer.Layer.OutputShape}" : $"{layer.Layer.Inputs}x{layer.Layer.Outputs}",
                layer.Weights == 0 ? "" : layer.Layer.Quantization.Weights.ToString(),
                layer.Weights == 0 ? "" : Text($"{layer.Density:P1}{(layer.Layer.Pruning is { KeptOfGroup: { } kept } groups ? $" ({kept}:{groups.GroupSize})" : "")}"),
                Text($"{layer.WeightBits:0.0}"),
                Text($"{layer.IndexBits:0.0}"),
                Text($"{layer.Bytes:#,0}"),
                layer.Weights == 0 ? "" : Text($"{(double)layer.DenseBytes / layer.Bytes:0.0}x"),
                Text($"{layer.MultiplyAdds:#,0}"),
                Text($"{layer.DenseMultiplyAdds:#,0}"),
                Text($"{layer.Energy / 1000:0.00}"),
                Text($"{layer.DenseEnergy / 1000:0.00}"),
                layer.Kernel);
        }

        var (left, dense) = (report.Layers.Sum(layer => layer.MultiplyAdds), report.Layers.Sum(layer => layer.DenseMultiplyAdds));
        table.Add("header", "", "", "", "", "", Text($"{report.Bytes - report.Layers.Sum(layer => layer.Bytes):#,0}"), "", "", "", "", "", "");
        table.Add(
            "total",
            "",
            "",
            Text($"{(double)left / Math.Max(1, dense):P1}"),
            "",
            "",
            Text($"{report.Bytes:#,0}"),
            Text($"{report.CompressionRatio:0.0}x"),
            Text($"{left:#,0}"),
            Text($"{dense:#,0}"),
            Text($"{report.Layers.Sum(layer => layer.Energy) / 1000:0.00}"),
            Text($"{report.Layers.Sum(layer => layer.DenseEnergy) / 1000:0.00}"),
            "");
        return table;
    }

    private static TextTable Bytes(ModelReport report)
    {
        var table = new TextTable("bytes", "in fp32", "pruned", "quantized", "Huffman", "smallest");
        foreach (var layer in report.Layers)
        {
            var bytes = layer.Stages;
            table.Add(layer.Layer.Path, Text($"{bytes.Dense:#,0}"), Text($"{bytes.Pruned:#,0}"), Text($"{bytes.Quantized:#,0}"), Text($"{bytes.FastStart:#,0}"), Text($"{bytes.Smallest:#,0}"));
        }

        return table;
    }

    private static TextTable Stages(ModelReport report)
    {
        var table = new TextTable("stage", "epochs", "loss", "validation", "density", "ΔW = 0", "seconds");
        foreach (var stage in report.Stages)
        {
            table.Add(stage.Stage.ToString(), Text($"{stage.Epochs}"), Text($"{stage.Loss:0.0000}"), Text($"{stage.ValidationAccuracy:P2}"), Text($"{stage.Density:P1}"), stage.Underflow is { } lost ? Text($"{lost:P1}") : "", Text($"{stage.Seconds:0.0}"));
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
