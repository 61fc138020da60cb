namespace Espalier.Planning;

/// <summary>
/// The instruction sets that kernels are planned for: x86's slowest first, then Arm's. Values say nothing across the two families, so
/// code asks <see cref="TierTraits"/> instead of comparing them. They are those of the runtime's public <c>InstructionTier</c>; a test
/// holds the two together.
/// </summary>
internal enum Tier
{
    /// <summary>No vector instructions: the scalar twin in the runtime.</summary>
    Scalar = 0,

    /// <summary>Any 128-bit vectors (WebAssembly, old x86, 32-bit Arm).</summary>
    Portable = 1,

    /// <summary>x86 with SSSE3 and SSE4.1: what a default NativeAOT publish runs.</summary>
    Ssse3 = 2,

    /// <summary>x86 with AVX2.</summary>
    Avx2 = 3,

    /// <summary>x86 with AVX2 and AVX-VNNI, whose one instruction adds four byte products to a 32-bit sum.</summary>
    AvxVnni = 4,

    /// <summary>x86 with AVX-512 F, BW, CD, DQ and VL.</summary>
    Avx512 = 5,

    /// <summary>x86 with AVX-512 and VBMI, whose byte permutation reads a window of 128 activations.</summary>
    Avx512Vbmi = 6,

    /// <summary>x86 with AVX-512, VBMI and, in 256 bits, AVX-VNNI. .NET 10 has no class for 512-bit VNNI.</summary>
    Avx512VbmiVnni = 7,

    /// <summary>64-bit Arm: what every such processor has (NEON).</summary>
    AdvSimd = 8,

    /// <summary>64-bit Arm with the dot product of bytes: Apple M1, Neoverse N1, Cortex-A76 and later.</summary>
    AdvSimdDp = 9,
}
