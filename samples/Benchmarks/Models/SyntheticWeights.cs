using Espalier;

namespace Benchmarks.Models;

/// <summary>
/// Weights for a model that nobody trained: speed depends on where the zeros are, not on what was learned. Masks are independent
/// Bernoulli at the annotated density, weights Gaussian, and the same every time.
/// </summary>
internal static class SyntheticWeights
{
    /// <summary>Raw inputs of every model are codes of this grid: 0, 1/127, …, 1.</summary>
    private const int InputTop = 127;

    private static readonly GaussianCodes s_shared = new(15);
    private static readonly GaussianCodes s_free = new(0);

    public static ModelWeights For(ModelDescription model)
    {
        var random = new SplitMix64(1);
        var layers = new LayerWeights[model.Layers.Length];
        var grid = Grid(model.Layers[0], 1);
        for (var i = 0; i < layers.Length; i++)
        {
            // Sums stay near 1 in magnitude, so one grid serves between all layers.
            ActivationGrid? next = i + 1 < layers.Length ? Grid(model.Layers[i + 1], 4) : null;
            layers[i] = Layer(model.Layers[i], random, grid, next);
            grid = next ?? grid;
        }

        return new ModelWeights(model, Normalisation.None, [.. layers]);
    }

    /// <summary>Inputs on the grid, so that integer and float networks see the same numbers.</summary>
    public static float[] Inputs(int count)
    {
        var random = new SplitMix64(2);
        var inputs = new float[count];
        foreach (ref var input in inputs.AsSpan())
        {
            input = (random.Next() & InputTop) * (1f / InputTop);
        }

        return inputs;
    }

    /// <summary>From 0 to a number, on the grid that a layer takes; float layers take any.</summary>
    private static ActivationGrid Grid(LayerDescription layer, float highest)
    {
        var top = layer.IsInteger ? layer.Quantization.InputTop : InputTop;
        return new ActivationGrid(highest / top, 0, (ushort)top);
    }

    private static LayerWeights Layer(LayerDescription layer, SplitMix64 random, ActivationGrid grid, ActivationGrid? next)
    {
        var source = layer.Codebook is null ? s_free : s_shared;
        var density = layer.Pruning is { } pruning ? 1 - pruning.Sparsity : 1;
        var codes = Codes(layer.Inputs * layer.Outputs, density, source, random);
        var scale = (float)(1 / (38 * Math.Sqrt(layer.Inputs * density)));
        var bias = new float[layer.Bias ? layer.Outputs : 0];
        foreach (ref var value in bias.AsSpan())
        {
            value = s_free.Next(random) / 256f;
        }

        return layer.IsInteger
            ? new IntegerLayerWeights(layer, codes, [scale], bias, grid, next, centroids: source.Centroids)
            : new FloatLayerWeights(layer, [.. codes.Select(code => Stored(layer, code * scale))], bias);
    }

    /// <summary>What a layer's format keeps of a weight; for codebooks that is the precision of the centroids.</summary>
    private static float Stored(LayerDescription layer, float value) => (layer.Codebook?.CentroidPrecision ?? layer.Quantization.Weights) switch
    {
        Precision.Fp16 => (float)(Half)value,
        Precision.Bf16 => BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(value) + 0x8000) & 0xFFFF0000),
        _ => value,
    };

    private static sbyte[] Codes(int count, double density, GaussianCodes source, SplitMix64 random)
    {
        var codes = new sbyte[count];
        var perGap = Math.Log(1 - density);
        for (long at = Gap(); at < count; at += 1 + Gap())
        {
            codes[at] = source.Next(random);
        }

        return codes;

        // Zeros until the next kept weight: jumping over them is what makes 25088 × 4096 quick.
        long Gap() => density >= 1 ? 0 : (long)(Math.Log(random.Uniform()) / perGap);
    }
}
