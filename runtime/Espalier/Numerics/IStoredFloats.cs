namespace Espalier.Numerics;

/// <summary>A 16-bit floating-point format as a part of fp32: what its numbers lack of fp32's mantissa and range.</summary>
internal interface IStoredFloats
{
    /// <summary>Low bits of fp32's mantissa that the format does not have.</summary>
    static abstract int DroppedBits { get; }

    /// <summary>Below this magnitude numbers are multiples of <see cref="SmallestStep"/>; 0 where fp32 has no smaller normal numbers either.</summary>
    static abstract float SmallestNormal { get; }

    /// <summary>The smallest positive number of a format that has fewer exponents than fp32.</summary>
    static abstract float SmallestStep { get; }

    /// <summary>The largest finite number.</summary>
    static abstract float Largest { get; }
}

/// <summary>IEEE 754 binary16: 5 bits of exponent, 10 of mantissa.</summary>
internal readonly struct Fp16Floats : IStoredFloats
{
    public static int DroppedBits => 13;

    public static float SmallestNormal => 1f / (1 << 14);

    public static float SmallestStep => 1f / (1 << 24);

    public static float Largest => 65504;
}

/// <summary>The upper half of fp32: 8 bits of exponent, 7 of mantissa.</summary>
internal readonly struct Bf16Floats : IStoredFloats
{
    public static int DroppedBits => 16;

    public static float SmallestNormal => 0;

    public static float SmallestStep => 1;

    public static float Largest => 3.3895314e38f;
}
