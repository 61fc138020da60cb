using System;
using System.Linq;

namespace Espalier;

/// <summary>Weights of a layer that computes in fp32; pruned weights are 0.</summary>
public sealed class FloatLayerWeights : LayerWeights
{
    /// <summary>Takes the arrays over: do not change them afterwards.</summary>
    /// <param name="layer">The place.</param>
    /// <param name="values">Weights row by row, see <see cref="LayerDescription.WeightRows"/>: rows × columns finite numbers, already rounded to their stored precision.</param>
    /// <param name="bias">One bias per row, or empty.</param>
    /// <param name="centroids">The codebook that every weight is taken from, ascending and with 0 in it; null without weight sharing.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a number is not finite.</exception>
    public FloatLayerWeights(LayerDescription layer, float[] values, float[] bias, float[]? centroids = null)
        : base(layer, bias)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (layer.IsInteger)
        {
            throw new ArgumentException($"Layer {layer.Path} computes in integers ({layer.Quantization.Weights}) and takes IntegerLayerWeights.", nameof(layer));
        }

        CheckHasWeights(layer);
        CheckCount(values.Length);
        ForgetSignOfZero(values);
        ForgetSignOfZero(centroids);
        var nonzeros = 0;
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException($"Layer {layer.Path} was given a weight that is not a finite number.", nameof(values));
            }

            nonzeros += value != 0 ? 1 : 0;
        }

        Values = values;
        Centroids = centroids;
        Nonzeros = nonzeros;
        if (centroids is not null && values.Any(value => Array.BinarySearch(centroids, value) < 0))
        {
            throw new ArgumentException($"Layer {layer.Path} was given a weight that is not in its codebook of {centroids.Length} centroids.", nameof(values));
        }
    }

    /// <inheritdoc/>
    public override int Nonzeros { get; }

    /// <inheritdoc/>
    public override float Weight(int row, int column) => Values[((long)row * Columns) + column];

    // An artifact stores that a weight is absent, not with which sign: what was trained and what is loaded must be the same bits.
    private static void ForgetSignOfZero(Span<float> values)
    {
        foreach (ref var value in values)
        {
            value = value == 0 ? 0 : value;
        }
    }

    /// <summary>Row by row.</summary>
    internal float[] Values { get; }

    /// <summary>Ascending, or null.</summary>
    internal float[]? Centroids { get; }
}
