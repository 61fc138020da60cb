using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>Numbers of a row of <see cref="Gather"/>: the width, padded.</summary>
    public abstract int Stride { get; }

    /// <summary>Adds a multiple of a sample to the sum of a batch.</summary>
    public abstract void Gather(int row, float factor, Span<float> sums);

    /// <summary>Adds the sum of a batch to the model, with random numbers for every number of it.</summary>
    public abstract void AddGathered(ReadOnlySpan<float> sums, Rounding rounding, RandomLanes lanes);

    /// <summary>The weights as floats.</summary>
    public abstract void CopyWeights(Span<float> weights);

    /// <summary>
    /// Asks for a line of the next sample while this one is added from the first-level cache: else memory rests during half of the work. Never read, so it may lie
    /// behind the last sample.
    /// </summary>
    /// <param name="nextSample">Its first byte; the memory must not move.</param>
    /// <param name="offset">Bytes behind it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static unsafe void FetchAhead(ref byte nextSample, nuint offset)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1((byte*)Unsafe.AsPointer(ref nextSample) + offset);
        }
    }
}
