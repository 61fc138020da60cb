using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Kernels;

/// <summary>The values that a float layer's weights share, as a table of 16 that 4-bit indices name entries of.</summary>
internal sealed class SharedFloats
{
    /// <summary>Entries of the table.</summary>
    public const int Count = 16;

    private readonly Dictionary<float, byte> _indices = [];

    private SharedFloats(IEnumerable<float> centroids)
    {
        foreach (var centroid in centroids)
        {
            Table[_indices.Count] = centroid;
            _indices[centroid] = (byte)_indices.Count;
        }
    }

    /// <summary>0, which padding names, then the others ascending, then zeros.</summary>
    public float[] Table { get; } = new float[Count];

    /// <exception cref="ArgumentException">The weights have more values than the table.</exception>
    public static SharedFloats Of(FloatLayerWeights weights)
    {
        var seen = new HashSet<float>();
        foreach (var value in weights.Values)
        {
            if (value != 0 && seen.Add(value) && seen.Count == Count)
            {
                throw new ArgumentException(
                    $"Layer {weights.Layer.Path} runs a kernel for weights that share up to {Count} values with 0 among them, but was given weights of more values. Train the annotated model again.", nameof(weights));
            }
        }

        return new SharedFloats(seen.Order().Prepend(0));
    }

    /// <summary>The index of a weight.</summary>
    public byte IndexOf(float value) => _indices[value];
}
