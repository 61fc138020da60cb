using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Numbers of a dataset or a model in the precision that a signature names. Threads may read and add at the same time, without locks: memory stays safe, as lengths and
/// places never change and each element is written whole (vectors may be torn between elements, not inside of one), so any mix of writes leaves every element with a
/// number that some thread wrote, on the grid and inside its ends. What races lose are updates.
/// </summary>
internal abstract class StoredNumbers(int length)
{
    /// <summary>How many there are: a multiple of 16.</summary>
    public int Length { get; } = length;

    /// <summary>The numbers as floats: those themselves where they are, or else decoded into the buffer.</summary>
    /// <param name="buffer">As many floats.</param>
    public abstract ReadOnlySpan<float> View(Span<float> buffer);

    /// <summary>A part as floats.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="values">Takes it.</param>
    public abstract void Decode(int start, Span<float> values);

    /// <summary>Sets a part, rounded to nearest.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="values">Finite numbers.</param>
    public abstract void Encode(int start, ReadOnlySpan<float> values);

    /// <summary>Adds a multiple of changes to all numbers.</summary>
    /// <param name="changes">As many as there are numbers.</param>
    /// <param name="factor">The multiple.</param>
    /// <param name="rounding">How sums find their place on the grid; without meaning for floats.</param>
    /// <param name="random">Generators of the calling thread.</param>
    public abstract void Add(ReadOnlySpan<float> changes, float factor, Rounding rounding, RandomLanes random);

    /// <summary>Zeros in the given width.</summary>
    /// <param name="width">8 or 16 bits, or floats of 32.</param>
    /// <param name="length">How many.</param>
    /// <param name="range">The largest number of a grid.</param>
    /// <exception cref="NotSupportedException">There are no kernels for the width.</exception>
    public static StoredNumbers Create(NumberWidth width, int length, float range) => width switch
    {
        { Bits: 8, IsFloat: false } => new PointNumbers<sbyte, ByteStore>(length, range),
        { Bits: 16, IsFloat: false } => new PointNumbers<short, ShortStore>(length, range),
        { Bits: 32, IsFloat: true } => new FloatNumbers(length),
        _ => throw new NotSupportedException($"There are no kernels for numbers of {width}; there are for 8, 16 and 32f."),
    };
}
