using System.Collections.Generic;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// Numbers cross an edge in the form that the next layer takes. Outputs that say otherwise are not obeyed by kernels, and without master weights training rounds
/// to both. Fp32 holds all of fp16 and bf16, so a layer of that takes either; the last layer's outputs contradict nothing. Formats that nothing rounds outputs to
/// have rules of their own.
/// </summary>
internal sealed class OutputFormatCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<PlacedLayer> layers)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            foreach (var source in layers[i].Sources)
            {
                if (source >= 0
                    && layers[source] is { Definition.HasWeights: true } before
                    && before.Class.Quantize?.NamedEnum<NumberFormat>("Outputs") is { } outputs
                    && outputs is NumberFormat.Fp32 or NumberFormat.Fp16 or NumberFormat.Bf16 or NumberFormat.Int16 or NumberFormat.Int8 or NumberFormat.Int4
                    && layers[i].Definition is { HasWeights: true } next
                    && outputs != next.Quantize.Inputs
                    && !(next.Quantize.Inputs == NumberFormat.Fp32 && outputs is NumberFormat.Fp16 or NumberFormat.Bf16))
                {
                    yield return Fault.InArgument(
                        sequential, before.TopPlace, "", annotated.Symbol.Name, before.Path, outputs.ToString(), layers[i].Path, next.Quantize.Inputs.ToString());
                }
            }
        }
    }
}
