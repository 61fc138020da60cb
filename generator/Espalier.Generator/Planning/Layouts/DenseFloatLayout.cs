namespace Espalier.Planning;

/// <summary>
/// All weights of a float layer, zeros too: a tile of outputs is computed together, one input after the other. Layouts differ in how a
/// weight is stored; products are added in the same order, so that all of them give the same floats for the same weights and tile.
/// </summary>
internal abstract partial class DenseFloatLayout : KernelLayout
{
    /// <summary>A plan with its price.</summary>
    /// <param name="facts">The layer.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="perCycle">Multiply-adds a cycle, where fp32 weights would lie in the first-level cache and where they would not.</param>
    /// <param name="bits">Bits that one weight takes.</param>
    private protected KernelPlan Priced(LayerFacts facts, Tier tier, (double Near, double Far) perCycle, int bits)
    {
        var lanes = Lanes(tier);

        // Four accumulators hide the latency of a multiply-add; a layer narrower than the tile takes fewer.
        var vectors = Layout.VectorsFor(facts.Definition.Outputs, lanes, 4);
        var weights = (long)facts.Definition.Inputs * facts.Definition.Outputs;
        var bytes = weights * bits / 8.0;
        var cycles = Layout.StreamedFloats(facts, lanes, weights / (sizeof(float) * weights <= Layout.NearBytes ? perCycle.Near : perCycle.Far), bytes);
        return new KernelPlan(tier, Name, lanes * vectors, 1, 0, 0) { Cycles = Layout.Clamp(cycles) };
    }

    /// <summary>Outputs of a vector.</summary>
    private protected static int Lanes(Tier tier) => tier switch
    {
        Tier.Avx512VbmiVnni or Tier.Avx512Vbmi or Tier.Avx512 => 16,
        Tier.AvxVnni or Tier.Avx2 => 8,
        _ => 4,
    };
}
