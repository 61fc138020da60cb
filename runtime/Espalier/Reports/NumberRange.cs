using System;

namespace Espalier;

/// <summary>What a precision can hold: the table of number formats that every choice of a precision starts from.</summary>
/// <param name="Precision">The format.</param>
/// <param name="Bits">Bits of one number.</param>
/// <param name="Smallest">The smallest normal magnitude above zero; one step for integers.</param>
/// <param name="Largest">The largest magnitude.</param>
/// <param name="RelativeError">The largest error of rounding to nearest, as a share of the number; null for integers, whose error is half a step.</param>
/// <remarks>
/// Floats follow from IEEE 754: p bits of fraction round with an error of 2^−(p+1). Integers are signed grids, symmetric about zero, so int8 ends at 127.
/// </remarks>
public sealed record NumberRange(Precision Precision, int Bits, double Smallest, double Largest, double? RelativeError)
{
    /// <summary>The range of a precision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such precision.</exception>
    public static NumberRange Of(Precision precision) => precision switch
    {
        Precision.Fp32 => new(precision, 32, Math.Pow(2, -126), float.MaxValue, Math.Pow(2, -24)),
        Precision.Fp16 => new(precision, 16, Math.Pow(2, -14), 65504, Math.Pow(2, -11)),
        Precision.Bf16 => new(precision, 16, Math.Pow(2, -126), 3.3895313892515355e38, Math.Pow(2, -9)),
        Precision.Int32 => new(precision, 32, 1, int.MaxValue, null),
        Precision.Int16 => new(precision, 16, 1, short.MaxValue, null),
        Precision.Int8 => new(precision, 8, 1, sbyte.MaxValue, null),
        Precision.Int4 => new(precision, 4, 1, 7, null),
        Precision.Ternary => new(precision, 2, 1, 1, null),
        Precision.Binary => new(precision, 1, 1, 1, null),
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, $"There is no precision {(int)precision}."),
    };

    /// <inheritdoc/>
    public override string ToString() => RelativeError is { } error
        ? FormattableString.Invariant($"{Precision}: {Smallest:0.#e+0} … {Largest:0.#e+0}, error {100 * error:0.######} %")
        : FormattableString.Invariant($"{Precision}: 0 … {Largest:#,0}, error 1/2 step");
}
