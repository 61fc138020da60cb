namespace Espalier.Tests.Harness;

/// <summary>A dense network in doubles, written from the formulas alone: precise enough to be differentiated by differences.</summary>
internal sealed class DoubleNetwork
{
    private readonly ModelDescription _model;

    public DoubleNetwork(NetworkTraining network)
    {
        _model = network.Model;
        Weights = [.. network.Layers.Select(layer => layer.CopyWeights().Select(weight => (double)weight).ToArray())];
        Biases = [.. network.Layers.Select(layer => layer.CopyBias().Select(bias => (double)bias).ToArray())];
    }

    /// <summary>By layer; then by output and input.</summary>
    public double[][] Weights { get; }

    /// <summary>By layer; empty where a layer has none.</summary>
    public double[][] Biases { get; }

    /// <summary>The mean of −ln p[label], p being the softmax of what leaves the last layer (which may be one already).</summary>
    public double MeanLoss(LabelledSamples samples)
    {
        var total = 0.0;
        for (var i = 0; i < samples.Count; i++)
        {
            var output = Outputs(samples.Input(i));
            var probabilities = _model.Layers[^1].Activation == Activation.Softmax ? output : Softmax(output);
            total -= Math.Log(probabilities[samples.Labels[i]]);
        }

        return total / samples.Count;
    }

    /// <summary>The slope of the mean loss along one parameter, by central differences; the parameter is put back.</summary>
    public double Slope(LabelledSamples samples, ref double parameter)
    {
        // The error of the difference falls with h², that of the losses' 16 digits rises with 1/h: both are under 10⁻⁹ here.
        const double h = 1e-5;
        var value = parameter;
        parameter = value + h;
        var above = MeanLoss(samples);
        parameter = value - h;
        var below = MeanLoss(samples);
        parameter = value;
        return (above - below) / (2 * h);
    }

    private double[] Outputs(ReadOnlySpan<float> input)
    {
        var values = input.ToArray().Select(value => (double)value).ToArray();
        for (var i = 0; i < Weights.Length; i++)
        {
            var (layer, weights, bias, before) = (_model.Layers[i], Weights[i], Biases[i], values);
            values = [.. Enumerable.Range(0, layer.Outputs).Select(o => before.Select((value, k) => value * weights[(o * layer.Inputs) + k]).Sum() + (bias.Length == 0 ? 0 : bias[o]))];
            values = layer.Activation switch
            {
                Activation.Relu => [.. values.Select(value => Math.Max(0, value))],
                Activation.Sigmoid => [.. values.Select(value => 1 / (1 + Math.Exp(-value)))],
                Activation.Tanh => [.. values.Select(Math.Tanh)],
                Activation.Softmax => Softmax(values),
                _ => values,
            };
        }

        return values;
    }

    private static double[] Softmax(double[] values)
    {
        var powers = values.Select(value => Math.Exp(value - values.Max())).ToArray();
        return [.. powers.Select(power => power / powers.Sum())];
    }
}
