using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>All weights of a layer fit one array.</summary>
internal sealed class WeightCountCheck : LayerCheck
{
    /// <summary>Half of what an array of bytes can hold: packed forms pad, and a codebook's indices stand beside their table.</summary>
    public const long Limit = 1L << 30;

    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var layer = annotated.Layers[0];
        if (definition.WeightColumns > 0 && definition.WeightRows > 0 && layer.Kind.WeightCount(definition) is > Limit and var count)
        {
            yield return Fault.In(layer.Attribute, annotated.Symbol.Name, count, Limit);
        }
    }
}
