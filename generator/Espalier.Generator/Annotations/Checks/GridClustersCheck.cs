using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Centroids of an integer layer stand on its weight grid, which must have as many values: Int8 255, Int4 15, Ternary and Binary 3.</summary>
internal sealed class GridClustersCheck : LayerCheck
{
    public static int GridValues(LayerDefinition definition) => (2 * definition.Quantize.Weights.WeightTop()) + 1;

    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        var top = definition.Quantize.Weights.WeightTop();
        var values = GridValues(definition);
        if (definition.IsInteger && definition.Codebook is { Clusters: <= ClusterCountCheck.Most } codebook && codebook.Clusters > values)
        {
            yield return Fault.InArgument(
                annotated.Codebook!, 0, "clusters", annotated.Symbol.Name, codebook.Clusters, definition.Quantize.Weights.ToString(), values, -top, top)
                .Suggesting(values.ToString(CultureInfo.InvariantCulture));
        }
    }
}
