using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Activations enter a layer on an 8-bit or 4-bit grid or in fp32.</summary>
internal sealed class InputFormatCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var inputs = definition.Quantize.Inputs;
        if (annotated.Quantize is { } quantize && inputs is not (NumberFormat.Int8 or NumberFormat.Int4 or NumberFormat.Fp32))
        {
            yield return Fault.InProperty(quantize, "Inputs", annotated.Symbol.Name, inputs.ToString());
        }
    }
}
