namespace Espalier.Numerics;

/// <summary>How a number finds its point; a type, so that each gets code of its own.</summary>
internal interface IGridWidth
{
    /// <summary>Whether the distance is taken from what the nearest point decodes to.</summary>
    static abstract bool IsWide { get; }
}

/// <summary>Grids of up to 127 steps, those of 8 bits: ⌊v/step + random⌋, two instructions more than nearest rounding and the draw.</summary>
/// <remarks>
/// A random number is 128 + (b + ½)/2¹⁴ with fourteen bits b, which a single instruction puts into a float's lower bits; 128 keeps sums positive, so that cutting off is ⌊ ⌋.
/// A weight that rests on a point must not be moved by any draw, but for the k-th point the computed v/step is off by up to 3·2⁻²⁴·k, 2.27·10⁻⁵ steps, and the
/// sum, below 256, by 2⁻¹⁷ more: together less than the 2⁻¹⁵ that the smallest fraction lies above 0 and the largest below 1. The price: a number is rounded up with
/// a probability that is off by 2⁻¹⁵ + 2⁻¹⁷ at most, and what is nearer to a point than 2⁻¹⁵ steps goes there. At the grid's end fp32 itself holds numbers no better than to
/// 2⁻¹⁸ steps.
/// </remarks>
internal readonly struct NarrowGrid : IGridWidth
{
    public const int LargestTop = 127;

    /// <summary>The random bits of a float between 128 and 129.</summary>
    public const uint RandomBits = 0xFFFC;

    /// <summary>The others: 128 and half of the last random bit.</summary>
    public const uint FixedBits = 0x43000002;

    public static bool IsWide => false;
}

/// <summary>
/// Grids of up to 32767 steps. A number's distance from its nearest point is taken from what the point decodes to, the rounded product of steps and step, so that a weight
/// that rests on a point has a distance of exactly 0. Noise from −½ to ½ is added to the distance alone, which keeps 24 bits of it: the bias is below 2⁻²³ of a step,
/// beside what fp32 itself loses of the number.
/// </summary>
internal readonly struct WideGrid : IGridWidth
{
    /// <summary>What takes signed 32-bit numbers to noise, in steps.</summary>
    public const float Unit = 1f / (1L << 32);

    public static bool IsWide => true;
}
