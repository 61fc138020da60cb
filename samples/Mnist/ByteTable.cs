using System.Globalization;
using Espalier;

namespace Mnist;

/// <summary>What every byte of the blob says: places of weights, their values, biases, and the rest (descriptions, grids, codebooks, header, check value).</summary>
internal static class ByteTable
{
    public static void Write(ModelReport report, TextWriter writer)
    {
        writer.WriteLine("bytes by what they say   places   values   biases     rest    total");
        double places = 0, values = 0, biases = 0;
        foreach (var layer in report.Layers)
        {
            var (place, value) = (layer.Nonzeros * layer.IndexBits / 8, layer.Nonzeros * layer.WeightBits / 8);
            Line(layer.Layer.Path, place, value, layer.BiasBytes, layer.Bytes);
            (places, values, biases) = (places + place, values + value, biases + layer.BiasBytes);
        }

        Line("header, check value", 0, 0, 0, report.Bytes - report.Layers.Sum(layer => layer.Bytes));
        Line("total", places, values, biases, report.Bytes);

        void Line(string name, double place, double value, double bias, long all) => writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-22} {place,8:#,0} {value,8:#,0} {bias,8:#,0} {all - place - value - bias,8:#,0} {all,8:#,0}"));
    }
}
