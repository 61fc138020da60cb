using System.Linq;

namespace Espalier;

/// <summary>Networks and weights as they are without any compression.</summary>
internal static class PlainWeights
{
    /// <summary>The model with nothing but fp32.</summary>
    public static ModelDescription Describe(ModelDescription model) => model with
    {
        Layers = [.. model.Layers.Select(layer => layer with { Quantization = QuantizationDescription.Fp32, Pruning = null, Codebook = null })],
    };

    /// <summary>Row by row.</summary>
    public static float[] Values(LayerWeights weights)
    {
        var values = new float[weights.Count];
        for (var row = 0; row < weights.Rows; row++)
        {
            for (var column = 0; column < weights.Columns; column++)
            {
                values[(row * weights.Columns) + column] = weights.Weight(row, column);
            }
        }

        return values;
    }
}
