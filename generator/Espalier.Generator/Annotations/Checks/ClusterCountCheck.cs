using System;
using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A codebook has 2 to 256 centroids: an index takes one to eight bits.</summary>
internal sealed class ClusterCountCheck : LayerCheck
{
    public const int Fewest = 2;
    public const int Most = 256;

    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (definition.Codebook is { Clusters: < Fewest or > Most } codebook)
        {
            var most = definition.IsInteger ? Math.Min(Most, GridClustersCheck.GridValues(definition)) : Most;
            var nearest = codebook.Clusters < Fewest ? Fewest : most;
            yield return Fault.InArgument(annotated.Codebook!, 0, "clusters", annotated.Symbol.Name, codebook.Clusters)
                .Suggesting(nearest.ToString(CultureInfo.InvariantCulture));
        }
    }
}
