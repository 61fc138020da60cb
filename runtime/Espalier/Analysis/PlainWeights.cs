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

    /// <summary>Output after output.</summary>
    public static float[] Values(LayerWeights weights)
    {
        var (inputs, outputs) = (weights.Layer.Inputs, weights.Layer.Outputs);
        var values = new float[inputs * outputs];
        for (var output = 0; output < outputs; output++)
        {
            for (var input = 0; input < inputs; input++)
            {
                values[(output * inputs) + input] = weights.Weight(output, input);
            }
        }

        return values;
    }
}
