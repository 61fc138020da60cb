using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Activations enter a layer on a grid of 8 or 4 bits or in fp32, and where weights are small integers on one of 14 bits.</summary>
internal sealed class InputFormatCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var inputs = definition.Quantize.Inputs;
        var planes = definition.Quantize.Weights.WeightTop() > 0;
        if (annotated.Quantize is { } quantize && inputs is not (NumberFormat.Int8 or NumberFormat.Int4 or NumberFormat.Fp32) && !(planes && inputs == NumberFormat.Int16))
        {
            yield return Fault.InProperty(
                quantize, "Inputs", annotated.Symbol.Name, inputs.ToString(), definition.Quantize.Weights.ToString(), planes ? "Int16, Int8, Int4 or Fp32" : "Int8, Int4 or Fp32");
        }
    }
}
