using System;
using System.Linq;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Turns trained floats of one layer into what is stored and run.</summary>
internal static class WeightQuantizer
{
    public static bool IsCompressed(LayerDescription layer) =>
        layer.Quantization.Weights != Precision.Fp32 || layer.Pruning is not null || layer.Codebook is not null;

    /// <summary>Biases of compressed layers are stored in fp16.</summary>
    public static float[] Bias(LayerDescription layer, float[] bias) => IsCompressed(layer) ? [.. bias.Select(StoredFormats.ToFp16)] : bias;

    public static FloatLayerWeights Floats(LayerDescription layer, float[] weights, float[] bias)
    {
        var format = layer.Codebook?.CentroidPrecision ?? layer.Quantization.Weights;
        var step = weights.Length == 0 ? 0 : weights.Max(MathF.Abs) / short.MaxValue;
        var rounded = weights.Select(weight => format switch
        {
            Precision.Fp16 => StoredFormats.ToFp16(weight),
            Precision.Bf16 => StoredFormats.ToBf16(weight),
            Precision.Int16 when step > 0 => MathF.Round(weight / step, MidpointRounding.ToEven) * step,
            _ => weight,
        }).Select(weight => weight == 0 ? 0 : weight).ToArray();
        var centroids = layer.Codebook is null ? null : rounded.Append(0).Distinct().Order().ToArray();
        return new FloatLayerWeights(layer, rounded, Bias(layer, bias), centroids);
    }

    public static IntegerLayerWeights Integers(LayerDescription layer, float[] weights, float[] bias, ActivationGrid input, ActivationGrid? output, ActivationTable? table, float? trainedStep = null)
    {
        if (trainedStep is { } step)
        {
            return Trained(layer, weights, bias, input, output, table, step);
        }

        var perChannel = layer.Quantization.PerChannel && layer.Codebook is null;
        var scales = new float[perChannel ? layer.WeightRows : 1];
        var codes = new sbyte[weights.Length];
        var width = perChannel ? layer.WeightColumns : weights.Length;
        for (var channel = 0; channel < scales.Length; channel++)
        {
            scales[channel] = Codes(layer.Quantization.Weights, weights.AsSpan(channel * width, width), codes.AsSpan(channel * width, width), perChannel);
        }

        var centroids = layer.Codebook is null ? null : codes.Append((sbyte)0).Distinct().Order().ToArray();
        return new IntegerLayerWeights(layer, codes, scales, Bias(layer, bias), input, output, table, centroids);
    }

    /// <summary>Weights that were trained on a grid of their own stay the same numbers: its step is every channel's scale.</summary>
    private static IntegerLayerWeights Trained(LayerDescription layer, float[] weights, float[] bias, ActivationGrid input, ActivationGrid? output, ActivationTable? table, float step)
    {
        var grid = new WeightGrid(step, layer.Quantization.WeightTop);
        var codes = Array.ConvertAll(weights, weight => (sbyte)grid.Nearest(weight));
        var scales = new float[layer.Quantization.PerChannel && layer.Codebook is null ? layer.WeightRows : 1];
        Array.Fill(scales, step);
        var centroids = layer.Codebook is null ? null : codes.Append((sbyte)0).Distinct().Order().ToArray();
        return new IntegerLayerWeights(layer, codes, scales, Bias(layer, bias), input, output, table, centroids);
    }

    /// <summary>Codes of one channel; gives its scale.</summary>
    private static float Codes(Precision format, ReadOnlySpan<float> weights, Span<sbyte> codes, bool storedAsFp16)
    {
        var (largest, sum, nonzeros) = (0f, 0.0, 0);
        foreach (var weight in weights)
        {
            largest = Math.Max(largest, Math.Abs(weight));
            sum += Math.Abs(weight);
            nonzeros += weight != 0 ? 1 : 0;
        }

        if (nonzeros == 0)
        {
            codes.Clear();
            return 1;
        }

        var mean = (float)(sum / nonzeros);
        if (format == Precision.Binary)
        {
            // The mean magnitude is the best scale for signs (Rastegari et al., 2016).
            for (var i = 0; i < weights.Length; i++)
            {
                codes[i] = (sbyte)MathF.Sign(weights[i]);
            }

            return Stored(mean, storedAsFp16);
        }

        if (format == Precision.Ternary)
        {
            return Ternary(weights, codes, 0.7f * mean, storedAsFp16);
        }

        var top = Planning.NumberFormats.WeightTop((Planning.NumberFormat)format);
        var grid = new WeightGrid(Stored(largest / top, storedAsFp16), top);
        for (var i = 0; i < weights.Length; i++)
        {
            codes[i] = (sbyte)grid.Nearest(weights[i]);
        }

        return grid.Step;
    }

    /// <summary>Weights under 0.7 of the mean magnitude become 0; the others' mean is the scale (Li and Liu, 2016).</summary>
    private static float Ternary(ReadOnlySpan<float> weights, Span<sbyte> codes, float threshold, bool storedAsFp16)
    {
        var (sum, kept) = (0.0, 0);
        for (var i = 0; i < weights.Length; i++)
        {
            codes[i] = Math.Abs(weights[i]) > threshold ? (sbyte)MathF.Sign(weights[i]) : (sbyte)0;
            sum += codes[i] != 0 ? Math.Abs(weights[i]) : 0;
            kept += codes[i] != 0 ? 1 : 0;
        }

        return Stored((float)(sum / Math.Max(1, kept)), storedAsFp16);
    }

    // One scale per output adds up, so those are stored in fp16. Beyond its normal numbers fp16 keeps less than eleven bits or
    // none, and a step that is off by more than 1/254 costs the largest weight over half a step: such scales stay fp32.
    internal static float Stored(float scale, bool asFp16)
    {
        const float smallestNormal = 1f / (1 << 14);
        var fits = asFp16 && scale >= smallestNormal && scale <= (float)Half.MaxValue;
        return fits ? StoredFormats.ToFp16(scale) : Math.Max(scale, float.Epsilon);
    }
}
