using System;
using System.Numerics;

namespace Espalier;

/// <summary>How raw inputs become what the first layer sees: (raw − Offset) · Factor, the same for bytes and floats.</summary>
/// <param name="Offset">What is subtracted from a raw input, in raw units.</param>
/// <param name="Factor">What the difference is multiplied by; positive and finite.</param>
public readonly record struct Normalisation(float Offset, float Factor)
{
    /// <summary>Inputs are taken as they are.</summary>
    public static Normalisation None => new(0, 1);

    /// <summary>Maps the range from <paramref name="lowest"/> to <paramref name="highest"/> to 0 … 1.</summary>
    public static Normalisation FromRange(float lowest, float highest) =>
        highest > lowest ? new(lowest, 1f / (highest - lowest)) : new(lowest, 1);

    /// <summary>Maps the range of some inputs to 0 … 1.</summary>
    internal static Normalisation FromRangeOf(ReadOnlySpan<float> inputs)
    {
        var (lowest, highest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in inputs)
        {
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        }

        return FromRange(lowest, highest);
    }

    /// <summary>The normalised value of a raw input.</summary>
    public float Apply(float raw) => (raw - Offset) * Factor;

    /// <summary>The same for many, with the same bits.</summary>
    internal void Apply(ReadOnlySpan<float> raw, Span<float> normalised)
    {
        var i = 0;
        for (; i <= raw.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            ((new Vector<float>(raw[i..]) - new Vector<float>(Offset)) * Factor).CopyTo(normalised[i..]);
        }

        for (; i < raw.Length; i++)
        {
            normalised[i] = Apply(raw[i]);
        }
    }

    internal void Validate()
    {
        if (!float.IsFinite(Offset) || !float.IsFinite(Factor) || Factor <= 0)
        {
            throw new ArgumentException($"A normalisation needs a finite offset and a positive, finite factor, but has {Offset} and {Factor}.");
        }
    }
}
