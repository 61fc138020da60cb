namespace Espalier.Kernels;

/// <summary>
/// About how long a packed layer takes: all kernels read their table once, front to back, at a pace that depends on the tier more than
/// on the layout. Good enough to tell layers that are worth handing over from those that are not, and known for the weights at hand.
/// </summary>
internal static class LayerTime
{
    /// <summary>Cycles of a microsecond, as processors commonly have them under load.</summary>
    public const double CyclesPerMicro = 3500;

    /// <summary>Microseconds of one prediction.</summary>
    public static double Micros(PackedLayer layer) => layer.PacedBytes / BytesPerCycle(layer.Tier) / CyclesPerMicro;

    /// <summary>
    /// Measured for windowed lane slices (AVX-512: 192 bytes in 8 cycles, AVX2: 96 in 9 to 12, SSSE3: 48 in 9.5, portable 48 in 22, scalar
    /// 48 in 64), which are the slowest for their bytes; dense tables are read up to three times as fast below AVX-512, and as fast there.
    /// </summary>
    private static double BytesPerCycle(InstructionTier tier) => tier switch
    {
        InstructionTier.Scalar => 0.8,
        InstructionTier.Portable => 2.2,
        InstructionTier.Avx2 or InstructionTier.AvxVnni => 10,
        InstructionTier.Avx512 or InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni => 24,

        // SSSE3; Arm's 128 bits are taken to be like them.
        _ => 5,
    };
}
