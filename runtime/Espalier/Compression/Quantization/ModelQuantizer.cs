using System;
using System.Collections.Immutable;
using System.Linq;
using Espalier.Numerics;
using Espalier.Planning;

namespace Espalier;

/// <summary>Calibrates the grids between layers on training samples and turns a trained network into what is stored and run.</summary>
internal static class ModelQuantizer
{
    /// <param name="network">The trained network.</param>
    /// <param name="samples">Samples to calibrate on: training samples.</param>
    /// <param name="calibration">How grids are chosen.</param>
    public static ModelWeights Quantize(NetworkTraining network, LabelledSamples samples, Calibration calibration) =>
        Quantize(network, ActivationCalibration.Of(network, samples, calibration));

    /// <param name="network">The trained network.</param>
    /// <param name="grids">The grids of its activations.</param>
    public static ModelWeights Quantize(NetworkTraining network, ActivationGrids grids)
    {
        var (layers, forms) = (network.Model.Layers, network.Model.ToForms());
        var weights = layers.Select((layer, i) =>
        {
            var training = network.Layers[i];
            if (!layer.HasWeights)
            {
                return new WeightlessLayerWeights(layer, layer.Kind == LayerKinds.Addition ? grids.Of(forms, i) : null);
            }

            if (!layer.IsInteger)
            {
                return (LayerWeights)WeightQuantizer.Floats(layer, training.CopyWeights(), training.CopyBias());
            }

            var output = grids.Of(forms, forms.AdditionOf(i) ?? i);
            var table = grids.Sums[i] is { } sums && output is { } grid ? Table(layer.Activation, sums, grid) : null;
            return WeightQuantizer.Integers(layer, training.CopyWeights(), training.CopyBias(), grids.Inputs[i]!.Value, output, table, ((WeightedTraining)training).WeightStep);
        });
        return new ModelWeights(network.Model, network.Normalisation, [.. weights]);
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
