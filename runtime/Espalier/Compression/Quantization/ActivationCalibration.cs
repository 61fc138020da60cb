using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier;

/// <summary>
/// Runs calibration samples through a network, in batches, and chooses its grids: one for each group of tensors that share one, by what layers with
/// weights, sums and means take of the group (what a pool of largest numbers throws away needs no code), and one for each integer layer that encodes floats for itself.
/// </summary>
internal static class ActivationCalibration
{
    /// <summary>A table before an activation has 256 codes, whatever the grids beside it.</summary>
    private const int TableTop = 255;

    /// <param name="network">The trained network.</param>
    /// <param name="samples">Samples to calibrate on: training samples.</param>
    /// <param name="calibration">How the grids of up to eight bits are chosen.</param>
    public static ActivationGrids Of(NetworkTraining network, LabelledSamples samples, Calibration calibration)
    {
        var (layers, forms) = (network.Model.Layers, network.Model.ToForms());
        var groups = forms.GroupTops.Select(_ => new CalibrationHistogram()).ToArray();
        var (own, sums) = (layers.Select(_ => new CalibrationHistogram()).ToArray(), layers.Select(_ => new CalibrationHistogram()).ToArray());
        Observe(network, samples, Takers(network, forms, groups, own), sums);

        // Raw inputs are what users give, and a grid of 14 bits has steps to spare: both hold everything, outliers too.
        var all = new MinMaxCalibration();
        var ofGroups = groups.Select((seen, group) => (forms.GridGroup(LayerGraph.Input) == group || ActivationPlanes.Of(forms.GroupTops[group]) == 2 ? all : calibration).Grid(seen, forms.GroupTops[group])).ToArray();
        ActivationGrid? Input(int layer)
        {
            var source = forms.Graph.SourcesOf(layer)[0];
            return !layers[layer].IsInteger ? null
                : forms.GridGroup(source) is >= 0 and var group ? ofGroups[group]
                : (source == LayerGraph.Input || layers[layer].TakesPlanes ? all : calibration).Grid(own[layer], layers[layer].Quantization.InputTop);
        }

        var inputs = Enumerable.Range(0, layers.Length).Select(Input).ToArray();
        var named = Enumerable.Range(0, layers.Length).Where(layer => layers[layer].IsInteger).Select(layer => forms.GridGroup(forms.Graph.SourcesOf(layer)[0])).ToHashSet();
        return new ActivationGrids(
            inputs,
            [.. layers.Select((layer, i) => layer.Activation is Activation.Sigmoid or Activation.Tanh && layer.IsInteger && forms[i] == EdgeForm.Codes ? calibration.Grid(sums[i], TableTop) : (ActivationGrid?)null)],
            [.. layers.Select((_, i) => forms.GridGroup(i) is >= 0 and var group && !named.Contains(group) ? ofGroups[group] : (ActivationGrid?)null)]);
    }

    // Concatenations and pools of largest numbers only choose and move. The result of a mean lies within what it takes, so that alone would clip its terms.
    private static bool Computes(LayerDefinition layer) => LayerKinds.Find(layer.Kind) is AddKind or AveragePoolKind or GlobalAveragePoolKind;

    /// <summary>What is looked at: every tensor where something is computed from it, once.</summary>
    private static List<Taken> Takers(NetworkTraining network, TensorForms forms, CalibrationHistogram[] groups, CalibrationHistogram[] own)
    {
        var taken = new List<Taken>();
        for (var layer = 0; layer < network.Layers.Length; layer++)
        {
            foreach (var source in forms.Graph.SourcesOf(layer))
            {
                var group = forms.GridGroup(source);
                var definition = forms.Graph.Layers[layer];
                var histogram = group >= 0 ? groups[group] : own[layer];
                if ((definition.IsInteger || (Computes(definition) && group >= 0)) && !taken.Any(other => other.Histogram == histogram && other.Tensor == source))
                {
                    taken.Add(new Taken(histogram, layer, source, definition.IsInteger));
                }
            }
        }

        return taken;
    }

    private static void Observe(NetworkTraining network, LabelledSamples samples, List<Taken> takers, CalibrationHistogram[] sums)
    {
        for (var start = 0; start < samples.Count; start += network.Batch)
        {
            var rows = Math.Min(network.Batch, samples.Count - start);
            for (var row = 0; row < rows; row++)
            {
                network.LoadInput(samples.Input(start + row), row);
            }

            network.Forward(rows, learns: false);
            foreach (var taken in takers)
            {
                var values = taken.Of(network);
                for (var row = 0; row < rows; row++)
                {
                    taken.Histogram.Add(values[row]);
                }
            }

            for (var i = 0; i < sums.Length; i++)
            {
                var layer = network.Layers[i];
                for (var row = 0; row < rows && layer.Layer.Activation is Activation.Sigmoid or Activation.Tanh; row++)
                {
                    sums[i].Add(network.SumsOf(i).Slice(row * layer.OutputStride, layer.Layer.Outputs));
                }
            }
        }
    }

    /// <summary>A tensor that a layer takes.</summary>
    /// <param name="Histogram">Where its numbers are counted.</param>
    /// <param name="Layer">The layer.</param>
    /// <param name="Tensor">The layer that the tensor left; −1 is the model's input.</param>
    /// <param name="AsRounded">Whether to look at what really entered, with the roundings that low precision asks for.</param>
    private sealed record Taken(CalibrationHistogram Histogram, int Layer, int Tensor, bool AsRounded)
    {
        public RowsOfFloats Of(NetworkTraining network) => AsRounded
            ? new(network.ActivationsBefore(Layer), network.Layers[Layer].InputStride, network.Layers[Layer].Layer.Inputs)
            : Tensor == LayerGraph.Input
                ? new(network.ActivationsBehind(Tensor), MatrixProduct.Padded(network.Model.Inputs), network.Model.Inputs)
                : new(network.ActivationsBehind(Tensor), network.Layers[Tensor].OutputStride, network.Layers[Tensor].Layer.Outputs);
    }

    private readonly ref struct RowsOfFloats(ReadOnlySpan<float> values, int stride, int count)
    {
        private readonly ReadOnlySpan<float> _values = values;
        private readonly int _stride = stride;
        private readonly int _count = count;

        public ReadOnlySpan<float> this[int row] => _values.Slice(row * _stride, _count);
    }
}
