using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Samples and model of one signature, and the two products of stochastic gradient descent: with a sample, and by a sample.</summary>
internal abstract class LinearKernel
{
    /// <summary>Products of bytes this many times in 32 bits cannot overflow: 127·127·131072 is below 2³¹.</summary>
    public const int LargestWidth = 1 << 17;

    /// <summary>Keeps a sample in the dataset's precision, rounded to nearest.</summary>
    public abstract void Load(int row, ReadOnlySpan<float> inputs);

    /// <summary>The sum of inputs times weights.</summary>
    public abstract float Dot(int row);

    /// <summary>Adds a multiple of a sample to the model.</summary>
    /// <param name="row">The sample.</param>
    /// <param name="factor">The multiple.</param>
    /// <param name="rounding">How sums find their place on the model's grid.</param>
    /// <param name="draw">Random numbers for every number of the model, or one vector for all.</param>
    /// <param name="lanes">Random numbers of this thread.</param>
    /// <param name="chance">More of them, for what is rounded once for a sample.</param>
    public abstract void Add(int row, float factor, Rounding rounding, RandomDraw draw, RandomLanes lanes, RandomNumbers chance);

    /// <summary>The weights as floats.</summary>
    public abstract void CopyWeights(Span<float> weights);
}
