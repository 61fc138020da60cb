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
    /// What a pair of a lane slice takes in proportion to one plane: the indices, the weights and their decoding are shared, windows and look-ups
    /// are not. Measured on Zen 5: 1.3 to 1.5 where one permutation looks a window up, 1.7 to 1.8 where four shuffles do, 1.6 to 1.7 with VNNI.
    /// </summary>
    public static double LaneSliceCost(LayerFacts facts, Tier tier) => facts.Input != EdgeForm.Planes ? 1 : tier switch
    {
        Tier.Avx512Vbmi or Tier.Avx512VbmiVnni => 1.4,
        Tier.AvxVnni or Tier.AdvSimd or Tier.AdvSimdDp => 1.65,
        _ => 1.75,
    };

    /// <summary>
    /// What a dense kernel takes in proportion to one plane while its weights are near: only their loads are shared. Measured on Zen 5: 1.4 to 1.5
    /// with VNNI and in 512 bits, 1.8 to 2 in 256 and 128; a table that waits for the third-level cache takes no longer.
    /// </summary>
    public static double DenseCost(LayerFacts facts, Tier tier) => facts.Input != EdgeForm.Planes ? 1 : tier switch
    {
        Tier.Avx512 or Tier.Avx512Vbmi or Tier.Avx512VbmiVnni or Tier.AvxVnni => 1.45,
        _ => 1.95,
    };

    /// <summary>Planes of a grid with this top.</summary>
    public static int Of(int top) => top > byte.MaxValue ? 2 : 1;

    /// <summary>The largest part of a code on a grid that takes part in one product.</summary>
    public static int PartTop(int top) => Of(top) == 2 ? PlaneTop : top;

    /// <summary>Bytes from the low plane of so many numbers to the high one.</summary>
    public static int Stride(int numbers) => checked(((numbers + Alignment - 1) / Alignment * Alignment) + Reach);

    /// <summary>Bytes of both planes.</summary>
    public static int Size(int numbers) => checked(2 * Stride(numbers));
}
