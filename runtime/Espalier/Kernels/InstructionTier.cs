using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Espalier;

/// <summary>
/// The instruction sets that kernels exist for: x86's slowest first, then 64-bit Arm's. Integer networks give the same bits on each.
/// </summary>
public enum InstructionTier
{
    /// <summary>No vector instructions.</summary>
    Scalar = 0,

    /// <summary>Any 128-bit vectors: WebAssembly, old x86, 32-bit Arm.</summary>
    Portable = 1,

    /// <summary>x86 with SSSE3 and SSE4.1: what a default NativeAOT publish runs.</summary>
    Ssse3 = 2,

    /// <summary>x86 with AVX2.</summary>
    Avx2 = 3,

    /// <summary>x86 with AVX2 and AVX-VNNI.</summary>
    AvxVnni = 4,

    /// <summary>x86 with AVX-512 F, BW, CD, DQ and VL.</summary>
    Avx512 = 5,

    /// <summary>x86 with AVX-512 and VBMI.</summary>
    Avx512Vbmi = 6,

    /// <summary>x86 with AVX-512, VBMI and AVX-VNNI.</summary>
    Avx512VbmiVnni = 7,

    /// <summary>64-bit Arm: what every such processor has (NEON).</summary>
    AdvSimd = 8,

    /// <summary>64-bit Arm with the dot product of bytes.</summary>
    AdvSimdDp = 9,
}

/// <summary>Which tiers this process can run.</summary>
public static class InstructionTiers
{
    /// <summary>The best tier that this process can run: the processor's, less what the runtime was told to leave out.</summary>
    public static InstructionTier Best
    {
        get
        {
            // No process has tiers of both families, so those of the family that it lacks are passed over.
            for (var tier = InstructionTier.AdvSimdDp; tier > InstructionTier.Scalar; tier--)
            {
                if (IsSupported(tier))
                {
                    return tier;
                }
            }

            return InstructionTier.Scalar;
        }
    }

    /// <summary>Whether this process can run a tier. Asks for the exact instruction sets, not for accelerated vectors of a width.</summary>
    public static bool IsSupported(InstructionTier tier) => tier switch
    {
        InstructionTier.Scalar => true,
        InstructionTier.Portable => Vector128.IsHardwareAccelerated,
        InstructionTier.Ssse3 => Ssse3.IsSupported && Sse41.IsSupported,
        InstructionTier.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        InstructionTier.AvxVnni => HasSoundVnni && IsSupported(InstructionTier.Avx2),
        InstructionTier.Avx512 => Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512BW.VL.IsSupported,
        InstructionTier.Avx512Vbmi => Avx512Vbmi.IsSupported && IsSupported(InstructionTier.Avx512),
        InstructionTier.Avx512VbmiVnni => HasSoundVnni && IsSupported(InstructionTier.Avx512Vbmi),
        InstructionTier.AdvSimd => AdvSimd.Arm64.IsSupported,
        InstructionTier.AdvSimdDp => Dp.IsSupported && AdvSimd.Arm64.IsSupported,
        _ => false,
    };

    /// <summary>
    /// AVX-VNNI, less a case that the JIT of .NET 10.0 gets wrong: with AVX-512 but without its third group (VBMI2, VNNI …; a switch or
    /// a virtual machine can hide it) it gives vpdpbusd one of the upper sixteen registers, which its encoding cannot name, and
    /// another is read. Seen as wrong sums with <c>DOTNET_EnableAVX512v3=0</c>.
    /// </summary>
    private static bool HasSoundVnni => AvxVnni.IsSupported && (!Avx512F.IsSupported || Avx512Vbmi2.IsSupported);

    /// <summary>The tier to run on: the best, or the one asked for.</summary>
    /// <param name="asked">A tier, or null for the best.</param>
    /// <exception cref="System.PlatformNotSupportedException">This process cannot run the tier asked for.</exception>
    public static InstructionTier Resolve(InstructionTier? asked) =>
        asked is not { } tier ? Best
        : IsSupported(tier) ? tier
        : throw new System.PlatformNotSupportedException($"This process cannot run kernels of tier {tier}: the best it has is {Best}. Leave the tier out to take the best one.");
}
