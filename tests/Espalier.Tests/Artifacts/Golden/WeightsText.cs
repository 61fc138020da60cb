using System.Globalization;
using System.Text;
using Espalier.Kernels;

namespace Espalier.Tests.Artifacts.Golden;

/// <summary>Every number of a model's weights as text; floats by their bits, so that equal texts are equal weights.</summary>
internal static class WeightsText
{
    public static string Of(ModelWeights weights)
    {
        var text = new StringBuilder();
        text.Append("normalisation ").Append(Bits([weights.Normalisation.Offset, weights.Normalisation.Factor])).Append('\n');
        foreach (var layer in weights.Layers)
        {
            text.Append(CultureInfo.InvariantCulture, $"layer {layer.Layer.Path}\nbias {Bits(layer.BiasArray)}\n");
            if (layer is FloatLayerWeights floats)
            {
                text.Append(CultureInfo.InvariantCulture, $"centroids {(floats.Centroids is { } c ? Bits(c) : "none")}\nvalues {Bits(floats.Values)}\n");
            }
            else if (layer is WeightlessLayerWeights weightless)
            {
                text.Append(CultureInfo.InvariantCulture, $"outputs {Grid(weightless.OutputGrid)}\n");
            }
            else
            {
                Append(text, (IntegerLayerWeights)layer);
            }
        }

        return text.ToString();
    }

    /// <summary>What the model predicts for an input that never changes.</summary>
    public static string OfPrediction(ModelWeights weights)
    {
        var input = Enumerable.Range(0, weights.Model.Inputs).Select(i => (((i * 5) % 9) - 4) * 0.5f).ToArray();
        var output = new float[weights.Model.Outputs];
        new Simulation(weights).Predict(input, output);
        return $"prediction {Bits(output)}\n";
    }

    private static void Append(StringBuilder text, IntegerLayerWeights weights)
    {
        text.Append(CultureInfo.InvariantCulture, $"scales {Bits(weights.Scales)}\n");
        text.Append(CultureInfo.InvariantCulture, $"inputs {Grid(weights.InputGrid)}\noutputs {Grid(weights.OutputGrid)}\n");
        text.Append(CultureInfo.InvariantCulture, $"table {Grid(weights.Table?.Sums)} {string.Join(' ', weights.Table?.CodeArray ?? [])}\n");
        text.Append(CultureInfo.InvariantCulture, $"centroids {(weights.Centroids is { } c ? string.Join(' ', c) : "none")}\n");
        text.Append(CultureInfo.InvariantCulture, $"codes {string.Join(' ', weights.Codes)}\n");
    }

    private static string Grid(ActivationGrid? grid) => grid is { } g ? $"{Bits([g.Scale])} {g.ZeroPoint} {g.Top}" : "none";

    private static string Bits(float[] values) => string.Join(' ', values.Select(value => BitConverter.SingleToUInt32Bits(value).ToString("X8", CultureInfo.InvariantCulture)));
}
