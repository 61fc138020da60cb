using Espalier.Numerics;

namespace Espalier.Tests.Harness;

/// <summary>
/// The scalar twin of a network whose roles have 16-bit floats: loops in doubles with a conversion wherever a role asks for one. Activations are none or ReLU.
/// </summary>
internal sealed class RoundedNetwork(NetworkTraining network)
{
    public List<double[]> WeightGradients { get; } = [];

    public List<double[]> Activations { get; } = [];

    /// <summary>Forward and backward over samples as one batch.</summary>
    public void Run(LabelledSamples samples, float lossScaling)
    {
        var layers = network.Layers.Select(layer => layer.Layer).ToArray();
        var weights = network.Layers.Select((layer, i) => layer.CopyWeights().Select(weight => Rounded(weight, layers[i].Quantization.Weights)).ToArray()).ToArray();
        var gradients = layers.Select(layer => new double[layer.Inputs * layer.Outputs]).ToArray();
        for (var sample = 0; sample < samples.Count; sample++)
        {
            var values = new List<double[]> { samples.Input(sample).ToArray().Select(value => Rounded(value, layers[0].Quantization.Inputs)).ToArray() };
            for (var i = 0; i < layers.Length; i++)
            {
                var (layer, w, before, bias) = (layers[i], weights[i], values[^1], network.Layers[i].CopyBias());
                var after = Enumerable.Range(0, layer.Outputs).Select(o => before.Select((value, k) => value * w[(o * layer.Inputs) + k]).Sum() + (bias.Length > 0 ? bias[o] : 0));
                after = layer.Activation == Activation.Relu ? after.Select(value => Math.Max(0, value)) : after;
                values.Add([.. after.Select(value => Rounded(value, layer.Quantization.Outputs)).Select(value => Rounded(value, i + 1 < layers.Length ? layers[i + 1].Quantization.Inputs : Precision.Fp32))]);
            }

            Activations.Add(values[^1]);
            var powers = values[^1].Select(value => Math.Exp(value - values[^1].Max())).ToArray();
            var error = powers.Select((power, o) => ((power / powers.Sum()) - (o == samples.Labels[sample] ? 1 : 0)) * lossScaling / samples.Count).ToArray();
            for (var i = layers.Length - 1; i >= 0; i--)
            {
                var (layer, w, before) = (layers[i], weights[i], values[i]);
                error = [.. error.Select(value => Rounded(value, layer.Quantization.Gradients))];
                for (var o = 0; o < layer.Outputs; o++)
                {
                    for (var k = 0; k < layer.Inputs; k++)
                    {
                        gradients[i][(o * layer.Inputs) + k] += error[o] * before[k];
                    }
                }

                error = [.. before.Select((value, k) => i > 0 && layers[i - 1].Activation == Activation.Relu && value <= 0 ? 0 : error.Select((e, o) => e * w[(o * layer.Inputs) + k]).Sum())];
            }
        }

        WeightGradients.AddRange(gradients.Select((gradient, i) => gradient.Select(value => Rounded(value, layers[i].Quantization.Gradients)).ToArray()));
    }

    private static double Rounded(double value, Precision precision) => precision switch
    {
        Precision.Fp16 => (double)(Half)(float)value,
        Precision.Bf16 => StoredFormats.ToBf16((float)value),
        _ => value,
    };
}
