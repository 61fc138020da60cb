using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Batch normalisation subtracts the mean, and with it any bias before it, and adds a shift of its own.</summary>
internal sealed class RedundantBiasCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (definition.BatchNorm is not null && annotated.Layers[0].Attribute.Named<bool>("Bias") == true)
        {
            yield return Fault.InProperty(annotated.Layers[0].Attribute, "Bias", annotated.Symbol.Name, definition.WeightRows).Suggesting("Bias");
        }
    }
}
