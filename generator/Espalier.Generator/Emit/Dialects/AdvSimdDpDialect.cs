using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>64-bit Arm with dot products: one instruction adds four products of bytes to each 32-bit sum, exactly.</summary>
internal sealed class AdvSimdDpDialect : AdvSimdDialect
{
    public override Tier Tier => Tier.AdvSimdDp;

    public override string Title => "AdvSimd with dot products";

    public override bool RunsOn(Tier tier) => tier == Tier.AdvSimdDp;

    // Both factors are signed: activations end at 127 at most. The mixed form (I8MM) has no class in .NET 10.
    public override string? Accumulate(string sums, string activations, string weights) =>
        $"Dp.DotProduct({sums}, {activations}.AsSByte(), {weights})";
}
