using System;
using System.Linq;

namespace Espalier;

/// <summary>A network in training as plain fp32 weights.</summary>
internal static class DenseSnapshot
{
    /// <summary>The weights as they are, described without any compression.</summary>
    public static ModelWeights Of(NetworkTraining network) => Of(network, i => network.Layers[i].CopyWeights(), i => network.Layers[i].CopyBias());

    /// <summary>The same of weights and biases of an earlier time.</summary>
    public static ModelWeights Of(NetworkTraining network, Func<int, float[]> weights, Func<int, float[]> biases)
    {
        var plain = PlainWeights.Describe(network.Model);
        return new ModelWeights(plain, network.Normalisation, [.. plain.Layers.Select((layer, i) => layer.HasWeights ? new FloatLayerWeights(layer, weights(i), biases(i)) : (LayerWeights)new WeightlessLayerWeights(layer))]);
    }

    public static double Density(ModelWeights weights) =>
        weights.Layers.Sum(layer => (double)layer.Nonzeros) / weights.Layers.Sum(layer => (double)layer.Count);
}
