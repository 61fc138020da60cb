using Espalier.Planning;

namespace Espalier.Tests.Harness;

/// <summary>Any network in doubles, a whole batch at a time, written from the formulas alone: loops over every number of every window.</summary>
internal sealed class DoubleBatch
{
    private readonly ModelDescription _model;

    public DoubleBatch(NetworkTraining network)
    {
        _model = network.Model;
        Weights = Array.ConvertAll(network.Layers, layer => layer is WeightedTraining weighted
            ? Enumerable.Range(0, weighted.Rows * weighted.Columns).Select(i => (double)weighted.Parameters[(i % weighted.Columns * weighted.WeightStride) + (i / weighted.Columns)]).ToArray() : []);
        Biases = Array.ConvertAll(network.Layers, layer => layer is WeightedTraining { Layer.Bias: true } weighted ? weighted.Biases[..weighted.Rows].ToArray().Select(bias => (double)bias).ToArray() : []);
        Factors = Array.ConvertAll(network.Layers, layer => layer is WeightedTraining { BatchNorm: { } normalisation } ? normalisation.Factors.ToArray().Select(factor => (double)factor).ToArray() : []);
    }

    /// <summary>By layer; then by output (channel) and input (place of the window).</summary>
    public double[][] Weights { get; }

    public double[][] Biases { get; }

    /// <summary>Those of batch normalisation.</summary>
    public double[][] Factors { get; }

    public double MeanLoss(LabelledSamples samples) => MeanLoss(samples, Run(samples)[^1]);

    /// <summary>The slope of the loss along one parameter of a layer. What lies before the layer does not change with it, so it is taken from a run before.</summary>
    public double Slope(LabelledSamples samples, double[][][] tensors, int layer, ref double parameter)
    {
        const double h = 1e-5;
        var value = parameter;
        parameter = value + h;
        var above = MeanLoss(samples, Run(tensors[..(layer + 1)])[^1]);
        parameter = value - h;
        var below = MeanLoss(samples, Run(tensors[..(layer + 1)])[^1]);
        parameter = value;
        return (above - below) / (2 * h);
    }

    /// <summary>All tensors, the input first; by sample.</summary>
    public double[][][] Run(LabelledSamples samples) =>
        Run([Enumerable.Range(0, samples.Count).Select(i => samples.Input(i).ToArray().Select(value => (double)value).ToArray()).ToArray()]);

    private static double MeanLoss(LabelledSamples samples, double[][] outputs) =>
        outputs.Select((scores, i) => Math.Log(scores.Sum(score => Math.Exp(score - scores.Max()))) + scores.Max() - scores[samples.Labels[i]]).Average();

    /// <summary>The tensors given, which are the first, and those that follow from them.</summary>
    private double[][][] Run(double[][][] first)
    {
        var tensors = new List<double[][]>(first);
        for (var i = first.Length - 1; i < _model.Layers.Length; i++)
        {
            var (layer, at) = (_model.Layers[i], i);
            var inputs = _model.SourcesOf(i).Select(source => tensors[source + 1]).ToArray();
            var sums = Enumerable.Range(0, first[0].Length).Select(sample => Sums(at, [.. inputs.Select(tensor => tensor[sample])])).ToArray();
            Normalise(at, sums);
            tensors.Add([.. sums.Select(row => row.Select(sum => layer.Activation switch
            {
                Activation.Relu => Math.Max(0, sum),
                Activation.Tanh => Math.Tanh(sum),
                Activation.Sigmoid => 1 / (1 + Math.Exp(-sum)),
                _ => sum,
            }).ToArray())]);
        }

        return [.. tensors];
    }

    private double[] Sums(int at, double[][] inputs)
    {
        var (layer, from) = (_model.Layers[at], inputs[0]);
        var (input, output, arguments) = (layer.InputShape, layer.OutputShape, layer.Arguments);
        double Value(int channel, int y, int x) => from[(((channel * input.Height) + y) * input.Width) + x];
        bool IsInside(int y, int x) => y >= 0 && y < input.Height && x >= 0 && x < input.Width;
        return layer.Kind switch
        {
            "Dense" => [.. Enumerable.Range(0, layer.Outputs).Select(o => from.Select((value, k) => value * Weights[at][(o * layer.Inputs) + k]).Sum() + Bias(o))],
            "Add" => [.. from.Select((_, k) => inputs.Sum(other => other[k]))],
            "Concat" => [.. inputs.SelectMany(values => values)],
            "GlobalAveragePool" => [.. Enumerable.Range(0, input.Channels).Select(c => from.Skip(c * input.Pixels).Take(input.Pixels).Average())],
            "LocalResponseNorm" => [.. from.Select((value, k) => value / Math.Pow(layer.Numbers[2] + (layer.Numbers[0] / arguments[0] * Neighbours(k / input.Pixels).Sum(c => Math.Pow(from[(c * input.Pixels) + (k % input.Pixels)], 2))), layer.Numbers[1]))],
            "Conv2D" => Pixels((c, y, x) => Bias(c) + Window(c, y, x)),
            "MaxPool" => Pixels((c, y, x) => Reached(y, x).Where(w => IsInside(w.Y, w.X)).Max(w => Value(c, w.Y, w.X))),
            "AveragePool" => Pixels((c, y, x) => Reached(y, x).Where(w => IsInside(w.Y, w.X)).Sum(w => Value(c, w.Y, w.X)) / Reached(y, x).Count(w => arguments[7] == 0
                ? IsInside(w.Y, w.X) : w.Y < input.Height + arguments[4] && w.X < input.Width + arguments[5])),
            _ => throw new NotSupportedException(layer.Kind),
        };

        double Bias(int channel) => layer.Bias && layer.BatchNorm is null ? Biases[at][channel] : 0;
        IEnumerable<int> Neighbours(int channel) => Enumerable.Range(0, input.Channels).Where(other => other >= channel - (arguments[0] / 2) && other <= channel + ((arguments[0] - 1) / 2));
        IEnumerable<(int Y, int X)> Reached(int y, int x) => Places(arguments[0], arguments[1]).Select(w => ((y * arguments[2]) - arguments[4] + w.Y, (x * arguments[3]) - arguments[5] + w.X));
        static IEnumerable<(int Y, int X)> Places(int height, int width) => Enumerable.Range(0, height * width).Select(i => (i / width, i % width));

        // Plain loops: nearly all of the time that slopes take is spent here.
        double Window(int c, int y, int x)
        {
            var (channels, group, sum) = (arguments[0] / arguments[10], c / (arguments[1] / arguments[10]), 0.0);
            for (var w = 0; w < arguments[2] * arguments[3]; w++)
            {
                var (row, column) = ((y * arguments[4]) - arguments[6] + (w / arguments[3] * arguments[8]), (x * arguments[5]) - arguments[7] + (w % arguments[3] * arguments[9]));
                for (var k = 0; k < channels && IsInside(row, column); k++)
                {
                    sum += Weights[at][(((c * channels) + k) * arguments[2] * arguments[3]) + w] * Value((group * channels) + k, row, column);
                }
            }

            return sum;
        }

        double[] Pixels(Func<int, int, int, double> pixel) => [.. Enumerable.Range(0, output.Count).Select(i => pixel(i / output.Pixels, i % output.Pixels / output.Width, i % output.Width))];
    }

    private void Normalise(int at, double[][] sums)
    {
        var layer = _model.Layers[at];
        for (var channel = 0; channel < layer.WeightRows && layer.BatchNorm is not null; channel++)
        {
            var pixels = layer.Outputs / layer.WeightRows;
            var values = sums.SelectMany(row => row.Skip(channel * pixels).Take(pixels)).ToArray();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + layer.BatchNorm.Epsilon);
            foreach (var row in sums)
            {
                for (var i = channel * pixels; i < (channel + 1) * pixels; i++)
                {
                    row[i] = ((row[i] - mean) / deviation * Factors[at][channel]) + Biases[at][channel];
                }
            }
        }
    }
}
