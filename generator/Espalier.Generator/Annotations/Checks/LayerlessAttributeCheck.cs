using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Attributes that describe a layer stand on a layer. Elsewhere they do nothing, so no code is withheld for it.</summary>
internal sealed class LayerlessAttributeCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        if (annotated.IsLayer)
        {
            yield break;
        }

        foreach (var attribute in new[] { annotated.Quantize, annotated.Prune, annotated.Codebook }.Concat(annotated.Activations.Select(a => a.Attribute)))
        {
            if (attribute is not null)
            {
                yield return Fault.In(attribute, annotated.Symbol.Name, attribute.AttributeClass!.Name.Replace("Attribute", ""));
            }
        }
    }
}
