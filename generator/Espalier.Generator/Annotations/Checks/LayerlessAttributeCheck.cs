using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Attributes that describe a layer with weights stand on one. Elsewhere they do nothing, so no code is withheld for it.</summary>
internal sealed class LayerlessAttributeCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        if (annotated.HasWeights)
        {
            yield break;
        }

        // Sums and concatenations have activations; of a chain the last layer has its own.
        var activations = annotated.HasJoin ? [] : annotated.Activations.Select(activation => activation.Attribute);
        foreach (var attribute in new[] { annotated.Quantize, annotated.Prune, annotated.Codebook, annotated.BatchNorm }.Concat(activations))
        {
            if (attribute is not null)
            {
                yield return Fault.In(attribute, annotated.Symbol.Name, attribute.AttributeClass!.Name.Replace("Attribute", ""));
            }
        }
    }
}
