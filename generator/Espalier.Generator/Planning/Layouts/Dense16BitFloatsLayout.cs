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

    public override IEnumerable<KernelPlan> Candidates(LayerFacts facts, Tier tier)
    {
        if (facts.Definition.IsInteger || facts.Definition.StoredFormat != _format)
        {
            yield break;
        }

        yield return Priced(facts, tier, (4, 4), 16);
    }
}
