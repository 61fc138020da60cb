namespace Espalier.Planning;

/// <summary>
/// 14-bit activations as two planes of seven bits: code = low + 128 · high. Kernels run the same weights over both planes, each with sums
/// of its own, so every proof for the grid 0..127 holds for each plane: 127 · (127 + 127) fits 16 bits, and so many products fit 32.
/// </summary>
/// <remarks>Kernels, encoders and twins of different assemblies meet in one piece of scratch: <see cref="Stride"/> never changes.</remarks>
internal static class ActivationPlanes
{
    /// <summary>Bits of a plane.</summary>
    public const int Bits = 7;

    /// <summary>The largest part of a code that a plane holds.</summary>
    public const int PlaneTop = (1 << Bits) - 1;

    /// <summary>The largest code of two planes.</summary>
    public const int Top = (1 << (2 * Bits)) - 1;

    /// <summary>What a sum over the high plane counts more than one over the low plane.</summary>
    public const int HighWeight = 1 << Bits;

    /// <summary>
    /// Bytes that every plane has beyond its numbers at least: the widest window reads 255 past the last number, the largest tile writes 63.
    /// </summary>
    private const int Reach = 256;

    private const int Alignment = 64;

    /// <summary>
    /// What a pair of a lane slice takes in proportion to one plane: the indices, the weights and their decoding are shared. Estimated from
    /// prototypes (1.25 to 1.4).
    /// </summary>
    public const double LaneSliceCost = 1.35;

    /// <summary>What a dense kernel takes in proportion to one plane while its weights are near: only their loads are shared.</summary>
    public const double DenseCost = 1.9;

    /// <summary>Planes of a grid with this top.</summary>
    public static int Of(int top) => top > byte.MaxValue ? 2 : 1;

    /// <summary>The largest part of a code on a grid that takes part in one product.</summary>
    public static int PartTop(int top) => Of(top) == 2 ? PlaneTop : top;

    /// <summary>Bytes from the low plane of so many numbers to the high one.</summary>
    public static int Stride(int numbers) => checked(((numbers + Alignment - 1) / Alignment * Alignment) + Reach);

    /// <summary>Bytes of both planes.</summary>
    public static int Size(int numbers) => checked(2 * Stride(numbers));
}
