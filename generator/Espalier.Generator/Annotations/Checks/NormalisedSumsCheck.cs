using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Batch normalisation is computed in fp32 whatever surrounds it; sums that are rounded to 16 bits before it lose what it is kept precise for.</summary>
internal sealed class NormalisedSumsCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (definition.BatchNorm is not null
            && annotated.Quantize is { } quantize
            && quantize.NamedEnum<NumberFormat>("Accumulators") is NumberFormat.Fp16 or NumberFormat.Bf16)
        {
            yield return Fault.InProperty(quantize, "Accumulators", annotated.Symbol.Name, definition.Quantize.Accumulators.ToString()).Suggesting("Accumulators");
        }
    }
}
