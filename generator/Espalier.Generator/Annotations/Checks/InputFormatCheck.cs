using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// Activations enter a layer on a grid of 8 or 4 bits or as floats, and where weights are small integers and the layer is a dense one on one of 14 bits. 16-bit floats are what training rounds to;
/// kernels of float layers read fp32, which holds all of them.
/// </summary>
internal sealed class InputFormatCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var inputs = definition.Quantize.Inputs;
        var planes = definition.Quantize.Weights.WeightTop() > 0 && annotated.Definition is not null;
        if (annotated.Quantize is { } quantize && inputs is not (NumberFormat.Int8 or NumberFormat.Int4 or NumberFormat.Fp32 or NumberFormat.Fp16 or NumberFormat.Bf16) && !(planes && inputs == NumberFormat.Int16))
        {
            yield return Fault.InProperty(
                quantize, "Inputs", annotated.Symbol.Name, inputs.ToString(), definition.Quantize.Weights.ToString(), planes ? "Int16, Int8, Int4, Fp32, Fp16 or Bf16" : "Int8, Int4, Fp32, Fp16 or Bf16");
        }
    }
}
