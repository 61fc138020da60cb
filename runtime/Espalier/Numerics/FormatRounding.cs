using System;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Rounds arrays of floats to fp16 or bf16, whose points lie the closer the nearer they are to 0. Seeded: the same seed and the same calls give the same bits on every
/// processor. Not thread-safe: give each thread its own.
/// </summary>
public sealed class FormatRounding
{
    private readonly RandomLanes _random;

    /// <param name="format"><see cref="Precision.Fp16"/> or <see cref="Precision.Bf16"/>.</param>
    /// <param name="rounding">To the nearest number, or up and down by chance.</param>
    /// <param name="draw">How random numbers are drawn; without meaning for nearest rounding.</param>
    /// <param name="seed">Where the random numbers start.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format is another one.</exception>
    public FormatRounding(Precision format, Rounding rounding, RandomDraw draw = RandomDraw.Fresh, ulong seed = 1)
        : this(format, rounding, draw, new RandomNumbers(seed))
    {
    }

    internal FormatRounding(Precision format, Rounding rounding, RandomDraw draw, RandomNumbers seeds)
    {
        if (format is not (Precision.Fp16 or Precision.Bf16))
        {
            throw new ArgumentOutOfRangeException(nameof(format), format, "Fp16 and Bf16 are rounded to here; integers are rounded to by GridRounding.");
        }

        (Format, Rounding, Draw, _random) = (format, rounding, draw, new RandomLanes(seeds));
    }

    /// <summary>Where to.</summary>
    public Precision Format { get; }

    /// <summary>To the nearest number, or up and down by chance.</summary>
    public Rounding Rounding { get; }

    /// <summary>How random numbers are drawn.</summary>
    public RandomDraw Draw { get; }

    /// <summary>Rounds in place. NaN stays NaN; what passes the format's largest number becomes infinite, as in a processor.</summary>
    /// <param name="values">Any number of floats.</param>
    public void Round(Span<float> values)
    {
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
    }

    /// <summary>Rounds weights after an update, limited to finite numbers, and counts what nearest rounding would lose; see <see cref="FormatKernel.Update"/>.</summary>
    internal UpdateCounts Update(Span<float> values, Span<ushort> codes) => (Format, Rounding) switch
    {
        (Precision.Fp16, Rounding.Nearest) => FormatKernel.Update<Fp16Floats, NoDraw>(values, codes, _random, IsShared),
        (Precision.Fp16, _) => FormatKernel.Update<Fp16Floats, FreshDraw>(values, codes, _random, IsShared),
        (_, Rounding.Nearest) => FormatKernel.Update<Bf16Floats, NoDraw>(values, codes, _random, IsShared),
        _ => FormatKernel.Update<Bf16Floats, FreshDraw>(values, codes, _random, IsShared),
    };

    /// <summary>Saves where the random numbers stand, or goes there.</summary>
    internal void Visit(StateStream state) => _random.Visit(state);

    private bool IsShared => Draw == RandomDraw.Shared;

    private void Whole(Span<float> span)
    {
        const float unlimited = float.PositiveInfinity;
        switch (Format, Rounding)
        {
            case (Precision.Fp16, Rounding.Nearest): FormatKernel.Round<Fp16Floats, NoDraw>(span, unlimited, _random, IsShared); break;
            case (Precision.Fp16, _): FormatKernel.Round<Fp16Floats, FreshDraw>(span, unlimited, _random, IsShared); break;
            case (_, Rounding.Nearest): FormatKernel.Round<Bf16Floats, NoDraw>(span, unlimited, _random, IsShared); break;
            default: FormatKernel.Round<Bf16Floats, FreshDraw>(span, unlimited, _random, IsShared); break;
        }
    }
}
