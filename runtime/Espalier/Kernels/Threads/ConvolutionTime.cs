namespace Espalier.Kernels;

/// <summary>About how long a convolution takes, as <see cref="LayerTime"/> says of dense layers: good enough to tell those that are worth handing over from those that are not.</summary>
internal static class ConvolutionTime
{
    /// <summary>Microseconds of one prediction.</summary>
    public static double Micros(PackedConvolution layer) => layer.MultiplyAdds / PerCycle(layer) / LayerTime.CyclesPerMicro;

    /// <summary>Multiply-adds a cycle, transforms and what else a layer takes included: half to three quarters of what the planner counts for products alone.</summary>
    private static double PerCycle(PackedConvolution layer) => layer switch
    {
        { Tier: InstructionTier.Scalar } => 0.8,
        SparseConvolutionInt8.V1 or PackedSparseFloatConvolution or DepthwiseInt8.V1 => layer.Tier switch
        {
            InstructionTier.Avx512VbmiVnni or InstructionTier.Avx512Vbmi or InstructionTier.Avx512 => 10,
            InstructionTier.AvxVnni or InstructionTier.Avx2 => 6,
            _ => 3,
        },
        { IsInteger: true } and not WinogradInt8.V1 => layer.Tier switch
        {
            InstructionTier.Avx512VbmiVnni or InstructionTier.AvxVnni or InstructionTier.Avx512Vbmi or InstructionTier.Avx512 => 45,
            InstructionTier.Avx2 => 28,
            InstructionTier.Portable => 4,

            // SSSE3; Arm's 128 bits are taken to be like them.
            _ => 14,
        },
        _ => layer.Tier switch
        {
            InstructionTier.Avx512VbmiVnni or InstructionTier.Avx512Vbmi or InstructionTier.Avx512 => 16,
            InstructionTier.AvxVnni or InstructionTier.Avx2 => 11,
            _ => 5,
        },
    };
}
