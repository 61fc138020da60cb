using Espalier;
using Espalier.Planning;

namespace Zoo.Running;

/// <summary>A network in integers of eight bits: weights rounded to a grid for each output channel, activations to grids that hold what a few images show.</summary>
internal static class IntegerNetwork
{
    /// <param name="model">The network, quantized.</param>
    /// <param name="floats">Its weights in fp32.</param>
    /// <param name="ranges">The ranges of its tensors.</param>
    public static ModelWeights Of(ModelDescription model, ModelWeights floats, Ranges ranges)
    {
        var forms = model.ToForms();
        var tensors = Enumerable.Range(-1, model.Layers.Length + 1).ToArray();
        var grids = forms.GroupTops.Select((top, group) => Ranges.Grid(tensors.Where(tensor => forms.GridGroup(tensor) == group).Select(tensor => ranges[tensor]), top)).ToArray();
        var layers = model.Layers.Select((layer, i) =>
        {
            var group = forms.GridGroup(forms.AdditionOf(i) ?? i);
            ActivationGrid? output = group >= 0 ? grids[group] : null;
            if (!layer.HasWeights)
            {
                return new WeightlessLayerWeights(layer, layer.Kind == LayerKinds.Addition ? output : null);
            }

            var source = forms.Graph.SourcesOf(i)[0];
            var input = forms.GridGroup(source) is >= 0 and var entering ? grids[entering] : Ranges.Grid([ranges[source]], layer.Quantization.InputTop);
            return (LayerWeights)Round(layer, (FloatLayerWeights)floats.Layers[i], input, output);
        });
        return new ModelWeights(model, floats.Normalisation, [.. layers]);
    }

    private static IntegerLayerWeights Round(LayerDescription layer, FloatLayerWeights floats, ActivationGrid input, ActivationGrid? output)
    {
        var (rows, columns) = (layer.WeightRows, layer.WeightColumns);
        var (codes, scales) = (new sbyte[rows * columns], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var values = floats.Values.AsSpan(row * columns, columns);
            var largest = 1e-9f;
            foreach (var value in values)
            {
                largest = Math.Max(largest, Math.Abs(value));
            }

            scales[row] = largest / layer.Quantization.WeightTop;
            for (var column = 0; column < columns; column++)
            {
                codes[(row * columns) + column] = (sbyte)MathF.Round(values[column] / scales[row]);
            }
        }

        return new IntegerLayerWeights(layer, codes, scales, floats.Bias.ToArray(), input, output);
    }
}
