using System;
using System.Globalization;
using System.Linq;

namespace Espalier;

/// <summary>
/// The columns of Deep Compression's tables (Han et al., 2016, tables 2 to 5): weights kept, bits of a weight's value and of its place before
/// and after coding, and bytes as a share of fp32, with a column more for the smallest coding.
/// </summary>
internal static class CompressionTable
{
    public static TextTable Of(ModelReport report)
    {
        var table = new TextTable(
            "Deep Compression", "weights", "kept", "weight bits", "Huffman", "smallest", "index bits", "Huffman", "smallest", "of fp32", "Huffman", "smallest");
        foreach (var layer in report.Layers.Where(layer => layer.Weights > 0))
        {
            table.Add(layer.Layer.Path, Text($"{layer.Weights:#,0}"), Text($"{layer.Density:P1}"), Bits(layer.Bits.Quantized.Weight), Bits(layer.Bits.FastStart.Weight), Bits(layer.Bits.Smallest.Weight), Bits(layer.Bits.Quantized.Index), Bits(layer.Bits.FastStart.Index), Bits(layer.Bits.Smallest.Index), Share(layer.Stages.Quantized, layer.DenseBytes), Share(layer.Stages.FastStart, layer.DenseBytes), Share(layer.Stages.Smallest, layer.DenseBytes));
        }

        var weights = report.Layers.Sum(layer => layer.Weights);
        var kept = report.Layers.Sum(layer => (long)layer.Nonzeros);
        string Mean(Func<LayerReport, double> bits) => Bits(report.Layers.Sum(layer => layer.Nonzeros * bits(layer)) / Math.Max(1, kept));
        table.Add(
            "total", Text($"{weights:#,0}"), Text($"{(double)kept / Math.Max(1, weights):P1}"),
            Mean(layer => layer.Bits.Quantized.Weight), Mean(layer => layer.Bits.FastStart.Weight), Mean(layer => layer.Bits.Smallest.Weight),
            Mean(layer => layer.Bits.Quantized.Index), Mean(layer => layer.Bits.FastStart.Index), Mean(layer => layer.Bits.Smallest.Index),
            Share(report.Layers.Sum(layer => layer.Stages.Quantized), report.DenseBytes),
            Share(report.Codings.Single(coding => coding.Goal == CodingGoal.FastStart).Bytes, report.DenseBytes),
            Share(report.Codings.Single(coding => coding.Goal == CodingGoal.Smallest).Bytes, report.DenseBytes));
        return table;
    }

    private static string Bits(double bits) => Text($"{bits:0.0}");

    private static string Share(long bytes, long dense) => Text($"{(double)bytes / dense:P2}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
