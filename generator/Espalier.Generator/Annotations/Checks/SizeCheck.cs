using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Sizes are at least 1.</summary>
internal sealed class SizeCheck : Check
{
    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        foreach (var layer in annotated.Layers.Count > 1 ? annotated.Steps : annotated.Layers.Concat(annotated.Steps))
        {
            foreach (var (index, name) in layer.Kind.SizeArguments)
            {
                if (layer.Attribute.Argument<int>(index) is < 1 and var size)
                {
                    yield return Fault.InArgument(layer.Attribute, index, name, annotated.Symbol.Name, size, name);
                }
            }
        }
    }
}
