using System;
using System.Collections.Generic;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Gradients have a precision that training can round to; outputs and centroids have one that exists.</summary>
internal sealed class RoleFormatCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var gradients = definition.Quantize.Gradients;
        if (annotated.Quantize is { } quantize)
        {
            if (!IsDefined(gradients) || gradients is NumberFormat.Int32 or NumberFormat.Ternary or NumberFormat.Binary)
            {
                yield return At(quantize, "Gradients", gradients, "Fp32, Fp16, Bf16, Int16, Int8 or Int4");
            }

            // Outputs that are not said follow the inputs, which have a rule of their own.
            if (quantize.NamedEnum<NumberFormat>("Outputs") is { } outputs && !IsDefined(outputs))
            {
                yield return At(quantize, "Outputs", outputs, "what the next layer takes, or leave it out");
            }
        }

        if (annotated.Codebook is { } codebook && definition.Codebook is { } shared && !IsDefined(shared.CentroidFormat))
        {
            yield return At(codebook, "CentroidPrecision", shared.CentroidFormat, definition.IsInteger ? $"{definition.Quantize.Weights}, or leave it out" : "Fp32, Fp16, Bf16 or Int16");
        }

        Fault At(AttributeData attribute, string name, NumberFormat format, string instead) =>
            Fault.InProperty(attribute, name, annotated.Symbol.Name, name, format.ToString(), instead);
    }

    private static bool IsDefined(NumberFormat format) => Enum.IsDefined(typeof(NumberFormat), format);
}
