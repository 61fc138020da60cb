using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Sizes are at least 1.</summary>
internal sealed class SizeCheck : Check
{
    private static readonly (int Index, string Name)[] s_image = [(0, "channels"), (1, "height"), (2, "width")];

    public override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation)
    {
        var name = annotated.Symbol.Name;
        foreach (var layer in annotated.Layers.Count > 1 ? annotated.Steps : annotated.Layers.Concat(annotated.Steps))
        {
            foreach (var (index, argument) in layer.Kind.SizeArguments)
            {
                if (layer.Attribute.Argument<int>(index) is < 1 and var size)
                {
                    yield return Fault.InArgument(layer.Attribute, index, argument, name, size, argument);
                }
            }

            foreach (var property in layer.Kind.SizeProperties)
            {
                // A stride of 0 leaves it to another property or to the window.
                if (layer.Attribute.Named<int>(property) is { } size && size < (LeavesOpen(layer, property) ? 0 : 1))
                {
                    yield return Fault.InProperty(layer.Attribute, property, name, size, property);
                }
            }
        }

        foreach (var (index, argument) in s_image)
        {
            if (annotated.Image?.Argument<int>(index) is < 1 and var size)
            {
                yield return Fault.InArgument(annotated.Image, index, argument, name, size, argument);
            }
        }

        foreach (var composition in annotated.Compositions)
        {
            if (composition.Count < 1)
            {
                yield return Fault.InArgument(composition.Attribute, 1, "count", name, composition.Count, "count");
            }
        }
    }

    private static bool LeavesOpen(LayerAttribute layer, string property) =>
        property is "StrideHeight" or "StrideWidth" || (property == "Stride" && layer.Kind is PoolKind);
}
