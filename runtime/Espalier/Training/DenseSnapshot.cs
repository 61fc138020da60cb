using System.Linq;

namespace Espalier;

/// <summary>A network in training as plain fp32 weights.</summary>
internal static class DenseSnapshot
{
    /// <summary>The weights as they are, described without any compression.</summary>
    public static ModelWeights Of(NetworkTraining network)
    {
        var plain = network.Model with
        {
            Layers = [.. network.Model.Layers.Select(layer => layer with { Quantization = QuantizationDescription.Fp32, Pruning = null, Codebook = null })],
        };
        return new ModelWeights(plain, network.Normalisation, [.. network.Layers.Select((layer, i) => (LayerWeights)new FloatLayerWeights(plain.Layers[i], layer.CopyWeights(), layer.CopyBias()))]);
    }

    public static double Density(ModelWeights weights) =>
        weights.Layers.Sum(layer => (double)layer.Nonzeros) / weights.Layers.Sum(layer => (double)layer.Layer.Inputs * layer.Layer.Outputs);
}
