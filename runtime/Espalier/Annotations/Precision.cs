namespace Espalier;

/// <summary>The number formats that a layer's weights, activations, accumulators and gradients can have.</summary>
/// <remarks>Write <c>using static Espalier.Precision;</c> inside your namespace: above it, <c>Int16</c> and <c>Int32</c> would clash with the types of <c>System</c>.</remarks>
public enum Precision
{
    /// <summary>32-bit floating point: 10⁻³⁸ … 10³⁸, half an ulp is 6·10⁻⁶ %.</summary>
    Fp32 = 0,

    /// <summary>16-bit floating point: 6·10⁻⁵ … 65504, half an ulp is 0.05 %.</summary>
    Fp16 = 1,

    /// <summary>16-bit floating point with the range of fp32 and 8 bits of mantissa.</summary>
    Bf16 = 2,

    /// <summary>32-bit integers; for accumulators.</summary>
    Int32 = 3,

    /// <summary>16-bit integers: weights on a scaled grid, computed with in fp32; activations 0 … 16383 beside integer weights, computed with as two planes of seven bits.</summary>
    Int16 = 4,

    /// <summary>8-bit integers: weights −127 … 127, activations 0 … 127.</summary>
    Int8 = 5,

    /// <summary>4-bit integers: weights −7 … 7, activations 0 … 15.</summary>
    Int4 = 6,

    /// <summary>Weights −1, 0 and 1 with a scale.</summary>
    Ternary = 7,

    /// <summary>Weights −1 and 1 with a scale (and 0 where pruned).</summary>
    Binary = 8,
}
