using System;
using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>
/// A codebook and its indices take less than the weights that they replace: n · b bits become n · ⌈log2 k⌉ + k · c, without coding on
/// either side. Where the index alone is as wide as a weight, the rule on indices says so.
/// </summary>
internal sealed class CodebookSizeCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (definition.Codebook is not { Clusters: var clusters } || !IndexBits.IsCount(definition, clusters) || definition.WeightColumns < 1 || definition.WeightRows < 1
            || IndexBits.Of(clusters) >= IndexBits.OfWeight(definition))
        {
            yield break;
        }

        // Pruning that looks at all layers together leaves a small one more than its own sparsity says (100 x 10 at 0.9885: 414 of 1,000 in
        // place of 11), and only the options of a run say whether it does: so all weights count, and in groups those that are left.
        var density = definition.Prune is { GroupSize: > 0 } ? definition.ExpectedDensity : 1;
        var weights = Math.Round(annotated.Layers[0].Kind.WeightCount(definition) * Math.Min(1, Math.Max(0, density)));
        var (before, after) = (weights * IndexBits.OfWeight(definition), Shared(definition, weights, clusters));
        if (after >= before)
        {
            var fitting = Fitting(definition, weights);
            var fault = Fault.InArgument(
                annotated.Codebook!, 0, "clusters", annotated.Symbol.Name, clusters,
                Text(weights), Bytes(before), Bytes(after), IndexBits.Of(clusters), Text(IndexBits.OfCentroid(definition)),
                fitting is { } fewer ? $"take {Text(fewer)} clusters or leave [Codebook] out" : "leave [Codebook] out");
            yield return fitting is { } number ? fault.Suggesting(Text(number)) : fault;
        }
    }

    /// <summary>Bits of the indices and the table.</summary>
    public static double Shared(LayerDefinition layer, double weights, int clusters) =>
        (weights * IndexBits.Of(clusters)) + (clusters * IndexBits.OfCentroid(layer));

    /// <summary>The most clusters, a power of two, that take less than the weights.</summary>
    private static int? Fitting(LayerDefinition layer, double weights)
    {
        for (var clusters = ClusterCountCheck.Most; clusters >= ClusterCountCheck.Fewest; clusters /= 2)
        {
            if (IndexBits.IsCount(layer, clusters) && Shared(layer, weights, clusters) < weights * IndexBits.OfWeight(layer))
            {
                return clusters;
            }
        }

        return null;
    }

    private static string Bytes(double bits) => Text(Math.Ceiling(bits / 8));

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
