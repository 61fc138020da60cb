namespace Espalier.Tests.Images;

/// <summary>A network of images in doubles, written from the formulas of each layer alone: what simulation and reference are held against.</summary>
internal static class DoubleGraph
{
    /// <summary>What every layer gives; weights as the numbers that they stand for, and no grids.</summary>
    public static double[][] Trace(ModelWeights weights, ReadOnlySpan<float> input)
    {
        var entering = new double[input.Length];
        for (var i = 0; i < entering.Length; i++)
        {
            entering[i] = ((double)input[i] - weights.Normalisation.Offset) * weights.Normalisation.Factor;
        }

        var results = new double[weights.Layers.Length][];
        for (var i = 0; i < results.Length; i++)
        {
            var sources = weights.Model.SourcesOf(i).Select(source => source < 0 ? entering : results[source]).ToArray();
            results[i] = Layer(weights.Layers[i], sources);
            for (var k = 0; k < results[i].Length && weights.Layers[i].Layer.Activation == Activation.Relu; k++)
            {
                results[i][k] = Math.Max(0, results[i][k]);
            }
        }

        return results;
    }

    /// <summary>What one layer gives before its activation.</summary>
    public static double[] Layer(LayerWeights weights, double[][] sources)
    {
        var (layer, source) = (weights.Layer, sources[0]);
        var (input, output, a) = (layer.InputShape, layer.OutputShape, layer.Arguments);
        double At(int channel, int row, int column) => row < 0 || column < 0 || row >= input.Height || column >= input.Width ? double.NaN : source[(((channel * input.Height) + row) * input.Width) + column];
        double[] Each(Func<int, int, int, double> number) => [.. from c in Enumerable.Range(0, output.Channels) from y in Enumerable.Range(0, output.Height) from x in Enumerable.Range(0, output.Width) select number(c, y, x)];
        double Bias(int row) => layer.Bias ? weights.Bias[row] : 0;
        switch (layer.Kind)
        {
            case "Dense":
                return [.. Enumerable.Range(0, layer.Outputs).Select(o => Bias(o) + source.Select((value, k) => value * weights.Weight(o, k)).Sum())];
            case "Conv2D":
                var (perGroup, rows) = (a[0] / a[10], a[1] / a[10]);
                return Each((c, y, x) => Bias(c) + (from k in Enumerable.Range(0, perGroup)
                                                    from ky in Enumerable.Range(0, a[2])
                                                    from kx in Enumerable.Range(0, a[3])
                                                    let value = At((c / rows * perGroup) + k, (y * a[4]) - a[6] + (ky * a[8]), (x * a[5]) - a[7] + (kx * a[9]))
                                                    where !double.IsNaN(value)
                                                    select value * weights.Weight(c, (((k * a[2]) + ky) * a[3]) + kx)).Sum());
            case "MaxPool" or "AveragePool":
                IEnumerable<double> Window(int c, int y, int x) => from ky in Enumerable.Range(0, a[0])
                                                                   from kx in Enumerable.Range(0, a[1])
                                                                   let value = At(c, (y * a[2]) - a[4] + ky, (x * a[3]) - a[5] + kx)
                                                                   where !double.IsNaN(value)
                                                                   select value;
                if (layer.Kind == "MaxPool")
                {
                    return Each((c, y, x) => Window(c, y, x).Max());
                }

                int Inside(int start, int size, int window, int padding) => Enumerable.Range(start, window).Count(place => place < size + padding);
                return Each((c, y, x) => Window(c, y, x).Sum() / (a[7] != 0
                    ? Inside((y * a[2]) - a[4], input.Height, a[0], a[4]) * Inside((x * a[3]) - a[5], input.Width, a[1], a[5])
                    : Window(c, y, x).Count()));
            case "GlobalAveragePool":
                return Each((c, _, _) => source.AsSpan(c * input.Pixels, input.Pixels).ToArray().Average());
            case "LocalResponseNorm":
                double Square(int c, int y, int x) => c < 0 || c >= input.Channels ? 0 : At(c, y, x) * At(c, y, x);
                return Each((c, y, x) => At(c, y, x) / Math.Pow(layer.Numbers[2] + ((double)layer.Numbers[0] / a[0] * Enumerable.Range(c - (a[0] / 2), a[0]).Sum(k => Square(k, y, x))), layer.Numbers[1]));
            case "Add":
                return [.. Enumerable.Range(0, source.Length).Select(k => sources.Sum(each => each[k]))];
            case "Concat":
                return [.. sources.SelectMany(each => each)];
            default:
                throw new NotSupportedException(layer.Kind);
        }
    }
}
