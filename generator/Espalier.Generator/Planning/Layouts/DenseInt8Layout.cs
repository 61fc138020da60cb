using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// All weights as signed bytes: one step multiplies four unsigned activations with four weights of each output, adds pairs in
/// 16 bits and, after <see cref="KernelPlan.Depth"/> steps, widens to 32 bits.
/// </summary>
internal sealed partial class DenseInt8Layout : KernelLayout
{
    public const int StepInputs = 4;

    public override string Name => "DenseInt8";

    public override string Sentence(LayerFacts facts, KernelPlan plan) =>
        $"dense int8, {plan.Rows} outputs at a time, 16-bit sums widened every {plan.Depth} step(s)";

    public override IEnumerable<KernelPlan> Candidates(LayerFacts facts, Tier tier)
    {
        if (!facts.Definition.IsInteger)
        {
            yield break;
        }

        var (lanes, perCycle) = tier switch
        {
            Tier.Avx512Vbmi or Tier.Avx512 => (16, 30.0),
            Tier.Avx2 => (8, 20.0),
            Tier.Ssse3 => (4, 10.0),
            Tier.Portable => (4, 5.0),
            _ => (4, 0.8),
        };

        var depth = facts.Evidence?.DenseDepth ?? SafeDepth(facts);
        var vectors = Layout.VectorsFor(facts.Definition.Outputs, lanes, 4);
        var products = (long)facts.Definition.Inputs * lanes * vectors * Layout.Tiles(facts.Definition.Outputs, lanes * vectors);
        yield return new KernelPlan(tier, Name, lanes * vectors, StepInputs, 0, depth) { Cycles = Layout.Clamp(products / perCycle) };
    }

    /// <summary>
    /// The depth that the grids alone guarantee: a 16-bit lane takes two products a step, each at most top · weightTop, so
    /// depth · 2 · top · weightTop ≤ 32767. 8-bit weights on the 0..127 grid give 1 (2·127·127 = 32258), 4-bit weights 18.
    /// </summary>
    private static int SafeDepth(LayerFacts facts)
    {
        var top = facts.Definition.Quantize.Inputs.ActivationTop();
        var weightTop = facts.Definition.Quantize.Weights.WeightTop();
        return System.Math.Max(1, System.Math.Min(MaximalDepth, short.MaxValue / (2 * top * weightTop)));
    }

    /// <summary>Beyond this the widening costs nothing any more: no kernel is planned deeper.</summary>
    public const int MaximalDepth = 8;
}
