using System;
using System.Collections.Immutable;
using System.Linq;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Calibrates the grids between layers on training samples and turns a trained network into what is stored and run.</summary>
internal static class ModelQuantizer
{
    /// <param name="network">The trained network.</param>
    /// <param name="samples">Samples to calibrate on: training samples.</param>
    /// <param name="percentile">The share of activations that the grids of up to eight bits must hold.</param>
    public static ModelWeights Quantize(NetworkTraining network, LabelledSamples samples, double percentile)
    {
        var layers = network.Model.Layers;
        var (inputs, sums) = Observe(network, samples);

        // A grid of 14 bits has steps to spare: it holds every activation, outliers too.
        var grids = layers.Select((layer, i) => layer.IsInteger ? inputs[i].Grid(layer.Quantization.InputTop, i == 0 || layer.TakesPlanes ? 1 : percentile) : (ActivationGrid?)null).ToArray();
        var weights = layers.Select((layer, i) =>
        {
            var training = network.Layers[i];
            if (!layer.IsInteger)
            {
                return (LayerWeights)WeightQuantizer.Floats(layer, training.CopyWeights(), training.CopyBias());
            }

            var output = i + 1 < layers.Length && layer.HandsCodesTo(layers[i + 1]) ? grids[i + 1] : null;
            var table = output is { } grid && layer.Activation is Activation.Sigmoid or Activation.Tanh ? Table(layer.Activation, sums[i].Grid(255, percentile), output!.Value) : null;
            return WeightQuantizer.Integers(layer, training.CopyWeights(), training.CopyBias(), grids[i]!.Value, output, table, training.WeightStep);
        });
        return new ModelWeights(network.Model, network.Normalisation, [.. weights]);
    }

    private static (CalibrationRange[] Inputs, CalibrationRange[] Sums) Observe(NetworkTraining network, LabelledSamples samples)
    {
        var inputs = network.Layers.Select(_ => new CalibrationRange()).ToArray();
        var sums = network.Layers.Select(_ => new CalibrationRange()).ToArray();
        for (var sample = 0; sample < samples.Count; sample++)
        {
            network.LoadInput(samples.Input(sample), 0);
            network.Forward(1);
            for (var i = 0; i < inputs.Length; i++)
            {
                inputs[i].Add(network.ActivationsBefore(i)[..network.Layers[i].Layer.Inputs]);
                sums[i].Add(network.SumsOf(i)[..network.Layers[i].Layer.Outputs]);
            }
        }

        return (inputs, sums);
    }

    private static ActivationTable Table(Activation activation, ActivationGrid sums, ActivationGrid output)
    {
        var codes = new byte[256];
        for (var code = 0; code < codes.Length; code++)
        {
            var sum = sums.Decode(code);
            var value = activation == Activation.Sigmoid ? DeterministicMath.Sigmoid(sum) : DeterministicMath.Tanh(sum);
            codes[code] = (byte)output.EncodeSteps(value / output.Scale);
        }

        return new ActivationTable(sums, codes);
    }
}
