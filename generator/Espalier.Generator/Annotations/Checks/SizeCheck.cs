using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Sizes are at least 1.</summary>
internal sealed class SizeCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var layer = annotated.Layers[0];
        foreach (var (index, name) in layer.Kind.SizeArguments)
        {
            if (definition.Arguments[index] < 1)
            {
                yield return Fault.InArgument(layer.Attribute, index, name, annotated.Symbol.Name, definition.Arguments[index], name);
            }
        }
    }
}
