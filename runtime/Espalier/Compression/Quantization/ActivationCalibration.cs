using System;
using System.Linq;

namespace Espalier;

/// <summary>The grids of a network: of what enters each integer layer, and of the sums before each activation table.</summary>
/// <param name="Inputs">By layer; null for float layers.</param>
/// <param name="Sums">By layer; null where no table is needed.</param>
internal sealed record ActivationGrids(ActivationGrid?[] Inputs, ActivationGrid?[] Sums);

/// <summary>Runs calibration samples through a network, in batches, and chooses its grids.</summary>
internal static class ActivationCalibration
{
    /// <summary>A table before an activation has 256 codes, whatever the grids beside it.</summary>
    private const int TableTop = 255;

    /// <param name="network">The trained network.</param>
    /// <param name="samples">Samples to calibrate on: training samples.</param>
    /// <param name="calibration">How the grids of up to eight bits are chosen.</param>
    public static ActivationGrids Of(NetworkTraining network, LabelledSamples samples, Calibration calibration)
    {
        var layers = network.Model.Layers;
        var (inputs, sums) = Observe(network, samples);

        // Raw inputs are what users give, and a grid of 14 bits has steps to spare: both hold everything, outliers too.
        var all = new MinMaxCalibration();
        var grids = layers.Select((layer, i) => layer.IsInteger ? (i == 0 || layer.TakesPlanes ? all : calibration).Grid(inputs[i], layer.Quantization.InputTop) : (ActivationGrid?)null);
        var tables = layers.Select((layer, i) => layer.Activation is Activation.Sigmoid or Activation.Tanh && layer.IsInteger && i + 1 < layers.Length && layer.HandsCodesTo(layers[i + 1])
            ? calibration.Grid(sums[i], TableTop) : (ActivationGrid?)null);
        return new ActivationGrids([.. grids], [.. tables]);
    }

    private static (CalibrationHistogram[] Inputs, CalibrationHistogram[] Sums) Observe(NetworkTraining network, LabelledSamples samples)
    {
        var inputs = network.Layers.Select(_ => new CalibrationHistogram()).ToArray();
        var sums = network.Layers.Select(_ => new CalibrationHistogram()).ToArray();
        for (var start = 0; start < samples.Count; start += network.Batch)
        {
            var rows = Math.Min(network.Batch, samples.Count - start);
            for (var row = 0; row < rows; row++)
            {
                network.LoadInput(samples.Input(start + row), row);
            }

            network.Forward(rows, learns: false);
            for (var i = 0; i < inputs.Length; i++)
            {
                var layer = network.Layers[i];
                for (var row = 0; row < rows; row++)
                {
                    inputs[i].Add(network.ActivationsBefore(i).Slice(row * layer.InputStride, layer.Layer.Inputs));
                    sums[i].Add(network.SumsOf(i).Slice(row * layer.OutputStride, layer.Layer.Outputs));
                }
            }
        }

        return (inputs, sums);
    }
}
