using System;
using System.Numerics;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Weights of a layer that computes in integers: signed codes with scales, and the grids of what enters and leaves.</summary>
public sealed class IntegerLayerWeights : LayerWeights
{
    /// <summary>Takes the arrays over: do not change them afterwards.</summary>
    /// <param name="layer">The place.</param>
    /// <param name="codes">Weight codes row by row, see <see cref="LayerDescription.WeightRows"/>: rows × columns numbers from −top to top.</param>
    /// <param name="scales">What a code is multiplied by: one number for the layer or one per row, positive and finite.</param>
    /// <param name="bias">One bias per row, or empty.</param>
    /// <param name="inputGrid">The grid of what enters.</param>
    /// <param name="outputGrid">The grid of what leaves as codes, or of the addition that sums enter; null when floats leave.</param>
    /// <param name="table">For Sigmoid and Tanh before an integer layer: the code-to-code table; otherwise null.</param>
    /// <param name="centroids">The codebook, ascending and with 0 in it; null without weight sharing.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a number lies outside its grid.</exception>
    public IntegerLayerWeights(
        LayerDescription layer, sbyte[] codes, float[] scales, float[] bias, ActivationGrid inputGrid,
        ActivationGrid? outputGrid = null, ActivationTable? table = null, sbyte[]? centroids = null)
        : base(layer, bias)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(scales);
        if (!layer.IsInteger)
        {
            throw new ArgumentException($"Layer {layer.Path} computes in fp32 ({layer.Quantization.Weights}) and takes FloatLayerWeights.", nameof(layer));
        }

        CheckCount(codes.Length);
        CheckScales(layer, Rows, scales);
        inputGrid.Validate($"Layer {layer.Path}, inputs");
        outputGrid?.Validate($"Layer {layer.Path}, outputs");
        if (inputGrid.Top != layer.Quantization.InputTop)
        {
            throw new ArgumentException($"Layer {layer.Path} takes inputs on a grid up to {layer.Quantization.InputTop}, but was given one up to {inputGrid.Top}.", nameof(inputGrid));
        }

        Nonzeros = CheckCodes(layer, codes, centroids);
        if (outputGrid is { HasPlanes: true } && layer.Activation is (Activation.Sigmoid or Activation.Tanh))
        {
            throw new ArgumentException($"Layer {layer.Path} with activation {layer.Activation} hands floats on to a layer of 14-bit inputs, but was given the grid {outputGrid}.", nameof(outputGrid));
        }

        if ((table is not null) != (outputGrid is not null && layer.Activation is (Activation.Sigmoid or Activation.Tanh)))
        {
            throw new ArgumentException($"Layer {layer.Path} with activation {layer.Activation} {(table is null ? "needs an activation table to give codes" : "takes no activation table")}.", nameof(table));
        }

        if (table is not null && table.Codes.ContainsAnyExceptInRange((byte)0, (byte)outputGrid!.Value.Top))
        {
            throw new ArgumentException($"Layer {layer.Path} was given an activation table with codes above {outputGrid.Value.Top}, the top of the grid of what leaves.", nameof(table));
        }

        Codes = codes;
        Scales = scales;
        InputGrid = inputGrid;
        OutputGrid = outputGrid;
        Table = table;
        Centroids = centroids;
    }

    /// <inheritdoc/>
    public override int Nonzeros { get; }

    /// <summary>The grid of what enters.</summary>
    public ActivationGrid InputGrid { get; }

    /// <summary>The grid of what leaves as codes, or of the addition's result where sums enter one unrounded; null when floats leave.</summary>
    public ActivationGrid? OutputGrid { get; }

    /// <summary>The code-to-code table of the activation, or null.</summary>
    public ActivationTable? Table { get; }

    /// <inheritdoc/>
    public override float Weight(int row, int column) => Codes[((long)row * Columns) + column] * Scale(row);

    /// <summary>What the codes of a row, which is an output or output channel, are multiplied by.</summary>
    public float Scale(int row) => Scales[Scales.Length == 1 ? 0 : row];

    /// <summary>Row by row.</summary>
    internal sbyte[] Codes { get; }

    internal float[] Scales { get; }

    /// <summary>Ascending, or null.</summary>
    internal sbyte[]? Centroids { get; }

    private static void CheckScales(LayerDescription layer, int rows, float[] scales)
    {
        if (scales.Length != 1 && scales.Length != rows)
        {
            throw new ArgumentException($"Layer {layer.Path} needs 1 or {rows} scales, but was given {scales.Length}.", nameof(scales));
        }

        foreach (var scale in scales)
        {
            if (!float.IsFinite(scale) || scale <= 0)
            {
                throw new ArgumentException($"Layer {layer.Path} was given the scale {scale}; scales are positive and finite.", nameof(scales));
            }
        }
    }

    private static int CheckCodes(LayerDescription layer, sbyte[] codes, sbyte[]? centroids)
    {
        // A table says which codes are right: a search in the codebook for every weight took longer than decoding it.
        Span<bool> allowed = stackalloc bool[256];
        var top = layer.Quantization.WeightTop;
        for (var code = -128; code < 128; code++)
        {
            allowed[(byte)code] = IsAllowed((sbyte)code, top, centroids);
        }

        var (nonzeros, at, isAllowed) = (0, 0, true);
        for (; at <= codes.Length - NonzeroMasks.Width; at += NonzeroMasks.Width)
        {
            var mask = NonzeroMasks.Of(ref codes[at]);
            isAllowed &= allowed[0] | (mask == ulong.MaxValue);
            nonzeros += BitOperations.PopCount(mask);
            for (; mask != 0; mask &= mask - 1)
            {
                isAllowed &= allowed[(byte)codes[at + BitOperations.TrailingZeroCount(mask)]];
            }
        }

        for (; at < codes.Length; at++)
        {
            nonzeros += codes[at] != 0 ? 1 : 0;
            isAllowed &= allowed[(byte)codes[at]];
        }

        if (!isAllowed)
        {
            ThrowCode(layer, Array.Find(codes, code => !IsAllowed(code, top, centroids)), centroids);
        }

        return nonzeros;
    }

    private static bool IsAllowed(sbyte code, int top, sbyte[]? centroids) =>
        code <= top && code >= -top && (centroids is null || Array.BinarySearch(centroids, code) >= 0);

    private static void ThrowCode(LayerDescription layer, sbyte code, sbyte[]? centroids)
    {
        var top = layer.Quantization.WeightTop;
        throw new ArgumentException(
            code > top || code < -top
                ? $"Layer {layer.Path} was given the weight code {code}, outside of −{top} … {top}."
                : $"Layer {layer.Path} was given the weight code {code}, which is not in its codebook of {centroids!.Length} centroids.", "codes");
    }
}
