using System;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>
/// What a layer will take in a blob, before it is trained: the entropy of nonzeros that lie anywhere and of values that are all as
/// likely, with biases and scales as they are. The Digits and LeNet-300-100 samples came to 0.81 to 1.24 times that.
/// </summary>
internal static class ExpectedBytes
{
    private const int FloatBytes = 4;

    /// <summary>Bytes of the layer in fp32, biases included.</summary>
    public static long Dense(LayerDefinition layer) => FloatBytes * (LayerKinds.Find(layer.Kind)!.WeightCount(layer) + Biases(layer));

    /// <summary>Bytes of the layer once it is trained and coded.</summary>
    public static long Stored(LayerDefinition layer)
    {
        var weights = LayerKinds.Find(layer.Kind)!.WeightCount(layer);
        var density = layer.ExpectedDensity;
        var bits = weights * (Entropy(density) + (density * BitsOfAValue(layer)));
        var scales = layer.IsInteger && layer.Quantize.PerChannel ? layer.WeightRows : 0;
        return (long)Math.Ceiling(bits / 8) + (FloatBytes * (scales + Biases(layer)));
    }

    private static int Biases(LayerDefinition layer) => layer.Bias ? layer.WeightRows : 0;

    private static double Entropy(double share) => share is <= 0 or >= 1 ? 0 : -(share * Log2(share)) - ((1 - share) * Log2(1 - share));

    private static double BitsOfAValue(LayerDefinition layer)
    {
        var zero = layer.Prune is null ? 0 : 1;
        var top = layer.Quantize.Weights.WeightTop();
        return layer.Codebook is { } codebook ? Log2(Math.Max(1, codebook.Clusters - zero))
            : top > 0 ? Log2(layer.Quantize.Weights == NumberFormat.Binary ? 2 : (2 * top) + 1 - zero)
            : layer.StoredFormat is NumberFormat.Fp16 or NumberFormat.Bf16 or NumberFormat.Int16 ? 16 : 32;
    }

    private static double Log2(double value) => Math.Log(value, 2);
}
