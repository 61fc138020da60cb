using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>The grids that weights can live on without master weights.</summary>
internal static class WeightPointKinds
{
    /// <summary>Points for a layer's weights, or null where it has master weights or weights in fp32.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="count">Weights with their padding.</param>
    /// <param name="reach">How far a uniform grid must reach.</param>
    /// <param name="draw">How random numbers are drawn.</param>
    /// <param name="seeds">Where they start.</param>
    public static WeightPoints? For(LayerDescription layer, int count, float reach, RandomDraw draw, RandomNumbers seeds)
    {
        var quantization = layer.Quantization;
        return (quantization.MasterWeights, quantization.Weights) switch
        {
            (true, _) or (_, Precision.Fp32) => null,
            (_, Precision.Fp16 or Precision.Bf16) => new FloatPoints(count, new FormatRounding(quantization.Weights, quantization.Rounding, draw, seeds)),
            (_, Precision.Int16) => new ShortPoints(count, WeightGrid.FixedPoint(reach, short.MaxValue), new GridRounding(quantization.Rounding, draw, seeds)),
            (_, _) when quantization.WeightTop > 0 => new BytePoints(count, WeightGrid.FixedPoint(reach, quantization.WeightTop), new GridRounding(quantization.Rounding, draw, seeds)),
            _ => throw new NotSupportedException($"Layer {layer.Path}: weights cannot be kept in {quantization.Weights}; take Int16, Int8, Int4, Ternary, Binary, Fp16 or Bf16, or keep master weights."),
        };
    }
}
