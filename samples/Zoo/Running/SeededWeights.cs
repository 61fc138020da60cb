using Benchmarks.Models;
using Espalier;

namespace Zoo.Running;

/// <summary>
/// Weights from a seed, as large as He et al. (2015) begin with; batch normalisation counts as folded. The last convolution of a residual block is smaller, as
/// normalisation would make it: otherwise numbers would double from block to block.
/// </summary>
internal static class SeededWeights
{
    private const float LastOfBlock = 0.3f;
    private const float Biases = 0.05f;

    /// <param name="model">The network, in fp32.</param>
    /// <param name="sparsityOf">The share of weights, the smallest, that are 0, by a layer's place among those with weights; none where it is missing.</param>
    public static ModelWeights For(ModelDescription model, Func<int, double>? sparsityOf = null)
    {
        var weighted = 0;
        var layers = model.Layers.Select((layer, i) => For(model, layer, i, layer.HasWeights && sparsityOf is not null ? sparsityOf(weighted++) : 0));
        return new ModelWeights(model, new Normalisation(0.5f, 4), [.. layers]);
    }

    /// <summary>A seeded image of numbers from 0 to 1.</summary>
    public static float[] Image(ModelDescription model, ulong seed = 1)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, model.Inputs).Select(_ => (float)random.Uniform())];
    }

    private static LayerWeights For(ModelDescription model, LayerDescription layer, int place, double sparsity)
    {
        if (!layer.HasWeights)
        {
            return new WeightlessLayerWeights(layer);
        }

        var random = new SplitMix64((ulong)place + 100);
        var (rows, columns) = (layer.WeightRows, layer.WeightColumns);
        var entersSum = Enumerable.Range(0, model.Layers.Length).Any(consumer => model.Layers[consumer].Kind == "Add" && model.SourcesOf(consumer).Contains(place));

        // Evenly distributed: the smallest share is what lies below that share of the largest. What stays grows, so that sums keep their size.
        var kept = 1 - Math.Pow(sparsity, 3);
        var largest = (float)(Math.Sqrt(6.0 / columns / kept) * (entersSum ? LastOfBlock : 1));
        var least = (float)(largest * sparsity);
        var values = new float[rows * columns];
        for (var i = 0; i < values.Length; i++)
        {
            var value = (float)((2 * random.Uniform()) - 1) * largest;
            values[i] = MathF.Abs(value) < least ? 0 : value;
        }

        return new FloatLayerWeights(layer, values, [.. Enumerable.Range(0, layer.Bias ? rows : 0).Select(_ => (float)((2 * random.Uniform()) - 1) * Biases)]);
    }
}
