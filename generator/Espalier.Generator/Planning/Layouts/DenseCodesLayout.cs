using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// All weights as codes of few bits, which one byte look-up turns into signed bytes; what follows is as in <see cref="DenseInt8Layout"/>.
/// A vector of codes holds the weights of several steps: the lowest bits are those of the first.
/// </summary>
internal sealed partial class DenseCodesLayout : DenseIntegerLayout
{
    private readonly int _bits;

    /// <param name="name">The layout's name.</param>
    /// <param name="bits">Bits of a code: 4 or 2.</param>
    public DenseCodesLayout(string name, int bits)
    {
        Name = name;
        _bits = bits;
    }

    public override string Name { get; }

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"dense weights as {_bits}-bit codes, {plan.Rows} outputs at a time, " + (plan.Depth == 0 ? "products added to 32-bit sums at once" : $"16-bit sums widened every {plan.Depth} step(s)");

    private protected override IEnumerable<KernelPlan> Offers(LayerFacts facts, Tier tier)
    {
        if (!facts.Definition.IsInteger || DistinctWeights(facts.Definition) > 1 << _bits)
        {
            yield break;
        }

        // Products a cycle. The look-ups take as long wherever the codes come from, so layouts of bytes win in the first-level cache;
        // in the second they need twice to four times the bytes. Measured on Zen 5 (64 x 128 to 1024 x 1024) in ratios to dense int8:
        // 0.55 and 0.6 to 0.8 in AVX2, 0.7 and 1.85 in AVX-512 with VBMI, 0.65 and 1.6 without. Intel's cores start two 512-bit
        // instructions a cycle where Zen 5 starts four: by their count 36 with VBMI and 28 without, where bytes reach 42.
        var (lanes, near, far) = tier switch
        {
            Tier.Avx512VbmiVnni => (16, 36.0, 46.0),
            Tier.Avx512Vbmi => (16, 36.0, 36.0),
            Tier.Avx512 => (16, 28.0, 28.0),
            Tier.AvxVnni => (8, 28.0, 28.0),
            Tier.Avx2 => (8, 20.0, 22.0),
            Tier.Ssse3 => (4, 10.5, 10.5),
            Tier.Portable => (4, 3.4, 3.4),
            _ => (4, 0.5, 0.5),
        };

        var depth = tier == Tier.AvxVnni ? 0 : PlannedDepth(facts);

        // Widening every step: measured 0.78 of the speed of deeper sums.
        var share = depth == 1 ? 0.8 : 1;
        var vectors = Layout.VectorsFor(facts.Definition.Outputs, lanes, MostVectors(facts, lanes));
        yield return Priced(facts, new KernelPlan(tier, Name, lanes * vectors, StepInputs, 0, depth), vectors, (share * near, share * far), _bits);
    }

    /// <summary>How many values a weight can have, 0 included.</summary>
    private static int DistinctWeights(LayerDefinition definition) =>
        Math.Min(definition.Codebook?.Clusters ?? int.MaxValue, (2 * definition.Quantize.Weights.WeightTop()) + 1);
}
