using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>One way to cut a pruned integer layer into lane slices.</summary>
/// <param name="Rows">Rows of a slice: as many as a vector has 32-bit lanes, or twice as many.</param>
/// <param name="Window">Activations that a step reaches.</param>
/// <param name="Windows">Windows of a pair of vectors.</param>
/// <param name="PairSteps">Steps of a pair: 2 of the same rows, or 1 of twice the rows.</param>
/// <param name="PairCycles">What a pair takes when its table lies in the first-level cache.</param>
internal sealed record LaneSliceVariant(int Rows, int Window, int Windows, int PairSteps, double PairCycles)
{
    /// <summary>
    /// What wins somewhere on a tier. Loads decide, not look-ups: a pair of 512-bit vectors takes 3.9, 4.4 and 6.5 cycles with a window
    /// of 64, 128 and 256 on Zen 5, where each vector loaded costs about half a cycle, and 6.0, 8.2 and 13.8 on Sapphire Rapids, where
    /// a byte permutation of two registers is three micro-operations. Prices stand between. Twice the rows share each window
    /// and each byte of codes, and need fewer slots than two steps of the same rows (9 % density, window of 128: 1.19 for each nonzero
    /// instead of 1.22; 4 %: 1.51 instead of 1.77), and nothing is added in 16 bits. Layers that do not fill twice the rows keep two steps.
    /// In 256 and 128 bits a window of 32 is two shuffles and of 64 four with three blends: 5.8 cycles a pair against 9.6 (Zen 5), 7.5
    /// against 12.5 (Sapphire Rapids); the slots that the smaller window costs more (1.23 for 1.11 at 25 %, 1.83 for 1.38 at 9 %) are fewer.
    /// Arm is estimated, for four vector pipes of which two look up (Neoverse V1, Cortex-X): two look-ups in four tables are three
    /// cycles, two in one table another; loads go beside them. Without dot products there are six instructions more.
    /// </summary>
    public static IReadOnlyList<LaneSliceVariant> Of(Tier tier) => tier switch
    {
        Tier.Avx512VbmiVnni or Tier.Avx512Vbmi =>
        [
            new(32, 64, 1, 1, 4.9), new(32, 128, 1, 1, 5.7), new(32, 256, 1, 1, 8.8),
            new(16, 64, 1, 2, 5.0), new(16, 64, 2, 2, 6.0),
        ],
        Tier.AvxVnni => [new(16, 32, 1, 1, 5.2), new(16, 64, 1, 1, 10.0)],
        Tier.Avx512 or Tier.Avx2 => [new(16, 32, 1, 1, 6.6), new(16, 64, 1, 1, 11.0)],
        Tier.Ssse3 => [new(8, 32, 1, 1, 5.8), new(8, 64, 1, 1, 9.5), new(4, 64, 1, 2, 9.5)],
        Tier.Portable => [new(8, 32, 1, 1, 18.0), new(8, 64, 1, 1, 22.0), new(4, 64, 1, 2, 22.0)],
        Tier.AdvSimdDp => [new(8, 64, 1, 1, 4.5), new(4, 64, 1, 2, 5.0)],
        Tier.AdvSimd => [new(8, 64, 1, 1, 6.5), new(4, 64, 1, 2, 7.0)],
        _ => [new(4, 64, 1, 2, 64.0)],
    };
}
