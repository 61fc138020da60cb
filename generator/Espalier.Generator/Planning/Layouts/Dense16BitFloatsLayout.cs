using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// All weights in the 16 bits that they are stored in, fp16 or bf16: kernels widen them to the same fp32 numbers that
/// <see cref="DenseFp32Layout"/> reads, from half of the bytes.
/// </summary>
internal sealed partial class Dense16BitFloatsLayout : DenseFloatLayout
{
    private readonly NumberFormat _format;

    /// <param name="name">The layout's name.</param>
    /// <param name="format">What weights are stored as: fp16 or bf16.</param>
    public Dense16BitFloatsLayout(string name, NumberFormat format)
    {
        Name = name;
        _format = format;
    }

    public override string Name { get; }

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"dense weights kept in {_format.ToString().ToLowerInvariant()} and widened to fp32, {plan.Rows} outputs at a time";

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || facts.Definition.StoredFormat != _format)
        {
            yield break;
        }

        // Widening needs instructions and saves bytes, so it pays where loads decide. Measured on Zen 5 in ratios to DenseFp32, for 64 x 64,
        // 256 x 256, 784 x 300, 1024 x 1024 and 4096 x 4096. AVX-512: bf16 0.93, 1.4, 1.7, 2.2 and 1.9, fp16 0.63, 1.1, 1.4, 1.9 and 1.75;
        // AVX2: bf16 0.93, 1.0, 1.0, 1.3 and 1.95, fp16 0.66, 0.8, 0.85, 1.04 and 1.9; SSSE3 and
        // portable vectors, whose products are not fused: bf16 0.8 up to 1024 x 1024 and 1.7 at 4096 x 4096, fp16 0.5 and 1.2.
        // Intel's cores start two 512-bit instructions a cycle where Zen 5 starts four: fp16 reaches 7 there, fewer than fp32 weights in
        // the second-level cache. Arm is estimated after SSSE3.
        var bf16 = _format == NumberFormat.Bf16;
        var perCycle = tier switch
        {
            Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => bf16 ? (12.0, 12.0) : (8.1, 7.0),
            Tier.AvxVnni or Tier.Avx2 => bf16 ? (8.2, 6.9) : (5.8, 5.6),
            Tier.Ssse3 or Tier.AdvSimd or Tier.AdvSimdDp => bf16 ? (3.3, 3.3) : (1.9, 1.9),
            Tier.Portable => bf16 ? (2.9, 2.9) : (1.7, 1.7),
            _ => bf16 ? (0.7, 0.7) : (0.6, 0.6),
        };

        yield return Priced(facts, tier, perCycle, 16);
    }
}
