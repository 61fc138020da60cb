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
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<ModelPlace> places)
    {
        for (var i = 0; i + 1 < places.Count; i++)
        {
            if (places[i].Class?.Quantize?.NamedEnum<NumberFormat>("Outputs") is { } outputs
                && outputs is NumberFormat.Fp32 or NumberFormat.Fp16 or NumberFormat.Bf16 or NumberFormat.Int16 or NumberFormat.Int8 or NumberFormat.Int4
                && places[i + 1].Class?.Definition is { } next
                && outputs != next.Quantize.Inputs
                && !(next.Quantize.Inputs == NumberFormat.Fp32 && outputs is NumberFormat.Fp16 or NumberFormat.Bf16))
            {
                yield return Fault.InArgument(
                    sequential, i, "", annotated.Symbol.Name, places[i].Path, outputs.ToString(), places[i + 1].Path, next.Quantize.Inputs.ToString());
            }
        }
    }
}
