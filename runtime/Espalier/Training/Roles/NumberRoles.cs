using Espalier.Numerics;

namespace Espalier;

/// <summary>The precisions that training can give to activations and gradients.</summary>
internal static class NumberRoles
{
    /// <summary>The role of a precision; null for fp32, which needs no rounding.</summary>
    public static NumberRole? For(Precision precision, Rounding rounding, RandomDraw draw, RandomNumbers seeds) => precision switch
    {
        // A processor's conversions round to nearest: floats are rounded by chance only where steps add up, in weights.
        Precision.Fp16 or Precision.Bf16 => new FormatRole(precision),
        Precision.Int16 => new BatchGridRole(short.MaxValue, rounding, draw, seeds),
        Precision.Int8 => new BatchGridRole(sbyte.MaxValue, rounding, draw, seeds),
        Precision.Int4 => new BatchGridRole(Int4Top, rounding, draw, seeds),
        _ => null,
    };

    private const int Int4Top = 7;
}
