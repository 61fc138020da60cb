namespace Espalier.Planning;

/// <summary>What a tier has. The values of <see cref="Tier"/> order the tiers of one processor family only.</summary>
internal static class TierTraits
{
    /// <summary>Whether kernels are written for it; without vectors the scalar twin runs.</summary>
    public static bool HasVectors(this Tier tier) => tier != Tier.Scalar;

    /// <summary>Whether it is one of x86's instruction sets, each of which contains those of lower values but for AVX-VNNI.</summary>
    public static bool IsX86(this Tier tier) => tier is >= Tier.Ssse3 and <= Tier.Avx512VbmiVnni;

    /// <summary>Whether it is one of 64-bit Arm's.</summary>
    public static bool IsArm(this Tier tier) => tier is Tier.AdvSimd or Tier.AdvSimdDp;

    /// <summary>
    /// Whether its widest vectors add four byte products to each 32-bit sum in a form that is quicker than adding in 16 bits first.
    /// AVX-512 with VNNI is none of them: .NET 10 has the 256-bit form only.
    /// </summary>
    public static bool AddsProductsIn32Bits(this Tier tier) => tier == Tier.AvxVnni || tier.IsArm();
}
