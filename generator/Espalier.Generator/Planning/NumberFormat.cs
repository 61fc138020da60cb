namespace Espalier.Planning;

/// <summary>Number formats, with the values of the runtime's public <c>Precision</c>; a test holds the two together.</summary>
internal enum NumberFormat
{
    Fp32 = 0,
    Fp16 = 1,
    Bf16 = 2,
    Int32 = 3,
    Int16 = 4,
    Int8 = 5,
    Int4 = 6,
    Ternary = 7,
    Binary = 8,
}

internal static class NumberFormats
{
    /// <summary>The largest magnitude on the signed weight grid of a format that the integer kernels take; 0 for the others.</summary>
    public static int WeightTop(this NumberFormat format) => format switch
    {
        NumberFormat.Int8 => 127,
        NumberFormat.Int4 => 7,
        NumberFormat.Ternary or NumberFormat.Binary => 1,
        _ => 0,
    };

    /// <summary>The top of the unsigned activation grid of a format that the integer kernels take; 0 for the others.</summary>
    public static int ActivationTop(this NumberFormat format) => format switch
    {
        NumberFormat.Int16 => ActivationPlanes.Top,
        NumberFormat.Int8 => 127,
        NumberFormat.Int4 => 15,
        _ => 0,
    };

    /// <summary>Bits of one number in this format before any coding.</summary>
    public static double Bits(this NumberFormat format) => format switch
    {
        NumberFormat.Fp32 or NumberFormat.Int32 => 32,
        NumberFormat.Fp16 or NumberFormat.Bf16 or NumberFormat.Int16 => 16,
        NumberFormat.Int8 => 8,
        NumberFormat.Int4 => 4,
        NumberFormat.Ternary => 1.585,
        _ => 1,
    };
}
