using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Rounds arrays of floats to a uniform grid, the multiples of a step from −top to top. Seeded: the same seed and the same calls give the same bits on every
/// processor. Not thread-safe: give each thread its own.
/// </summary>
public sealed class GridRounding
{
    private readonly RandomLanes _random;

    /// <param name="rounding">To the nearest point, or up and down by chance.</param>
    /// <param name="draw">How random numbers are drawn; without meaning for nearest rounding.</param>
    /// <param name="seed">Where the random numbers start.</param>
    public GridRounding(Rounding rounding, RandomDraw draw = RandomDraw.Fresh, ulong seed = 1)
        : this(rounding, draw, new RandomNumbers(seed))
    {
    }

    internal GridRounding(Rounding rounding, RandomDraw draw, RandomNumbers seeds)
    {
        (Rounding, Draw, _random) = (rounding, draw, new RandomLanes(seeds));
    }

    /// <summary>To the nearest point, or up and down by chance.</summary>
    public Rounding Rounding { get; }

    /// <summary>How random numbers are drawn.</summary>
    public RandomDraw Draw { get; }

    /// <summary>Rounds in place. NaN stays NaN; what lies beyond the grid goes to its end.</summary>
    /// <param name="values">Any number of floats.</param>
    /// <param name="step">The distance of two points; positive; its inverse and step·top are finite.</param>
    /// <param name="top">The last point in steps, from 1 to 32767.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step or the top is out of range.</exception>
    public void Round(Span<float> values, float step, int top)
    {
        var grid = Checked(step, top, short.MaxValue);
        var whole = values.Length & -RandomLanes.Count;
        Whole(values[..whole]);
        if (whole < values.Length)
        {
            Span<float> rest = stackalloc float[RandomLanes.Count];
            rest.Clear();
            values[whole..].CopyTo(rest);
            Whole(rest);
            rest[..(values.Length - whole)].CopyTo(values[whole..]);
        }

        void Whole(Span<float> span)
        {
            switch (Rounding, Draw)
            {
                case (Rounding.Nearest, _): GridKernel.Round<NoDraw>(span, grid, _random); break;
                case (_, RandomDraw.Shared): GridKernel.Round<SharedDraw>(span, grid, _random); break;
                default: GridKernel.Round<FreshDraw>(span, grid, _random); break;
            }
        }
    }

    /// <summary>Rounds to numbers of steps. What lies beyond the grid goes to its end; NaN becomes any code.</summary>
    /// <param name="values">Any number of floats.</param>
    /// <param name="codes">As many codes, written.</param>
    /// <param name="step">The distance of two points; positive; its inverse and step·top are finite.</param>
    /// <param name="top">The last point in steps, from 1 to 127.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step or the top is out of range.</exception>
    /// <exception cref="ArgumentException">There are fewer or more codes than values.</exception>
    public void Round(ReadOnlySpan<float> values, Span<sbyte> codes, float step, int top)
    {
        var grid = Checked(step, top, sbyte.MaxValue);
        if (values.Length != codes.Length)
        {
            throw new ArgumentException($"{values.Length} values need as many codes, but there is room for {codes.Length}.", nameof(codes));
        }

        var whole = values.Length & -RandomLanes.Count;
        Whole(values[..whole], codes);
        if (whole < values.Length)
        {
            Span<float> rest = stackalloc float[RandomLanes.Count];
            Span<sbyte> restCodes = stackalloc sbyte[RandomLanes.Count];
            rest.Clear();
            values[whole..].CopyTo(rest);
            Whole(rest, restCodes);
            restCodes[..(values.Length - whole)].CopyTo(codes[whole..]);
        }

        void Whole(ReadOnlySpan<float> from, Span<sbyte> to)
        {
            switch (Rounding, Draw)
            {
                case (Rounding.Nearest, _): GridKernel.Encode<NoDraw>(from, to, grid, _random); break;
                case (_, RandomDraw.Shared): GridKernel.Encode<SharedDraw>(from, to, grid, _random); break;
                default: GridKernel.Encode<FreshDraw>(from, to, grid, _random); break;
            }
        }
    }

    /// <summary>Rounds weights after an update, and counts what nearest rounding would lose; see <see cref="GridKernel.Update"/>.</summary>
    internal UpdateCounts Update(Span<float> values, Span<short> points, WeightGrid grid) => (Rounding, Draw) switch
    {
        (Rounding.Nearest, _) => GridKernel.Update<NoDraw>(values, points, grid, _random),
        (_, RandomDraw.Shared) => GridKernel.Update<SharedDraw>(values, points, grid, _random),
        _ => GridKernel.Update<FreshDraw>(values, points, grid, _random),
    };

    /// <summary>Saves where the random numbers stand, or goes there.</summary>
    internal void Visit(StateStream state) => _random.Visit(state);

    private static WeightGrid Checked(float step, int top, int largest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, largest);
        return step > 0 && float.IsFinite(1 / step) && float.IsFinite(step * top)
            ? new WeightGrid(step, top)
            : throw new ArgumentOutOfRangeException(nameof(step), step, "A grid's step is positive; its inverse and its end are finite.");
    }
}
