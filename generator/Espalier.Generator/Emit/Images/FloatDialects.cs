using Espalier.Generator.Emit.Dialects;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>The dialects of kernels that compute in floats alone: tiers that differ in what they do to bytes share one.</summary>
internal static class FloatDialects
{
    public static Dialect For(Tier tier) => DialectList.For(tier switch
    {
        Tier.AvxVnni => Tier.Avx2,
        Tier.Avx512Vbmi or Tier.Avx512VbmiVnni => Tier.Avx512,
        Tier.Ssse3 => Tier.Portable,
        Tier.AdvSimdDp => Tier.AdvSimd,
        _ => tier,
    });
}
