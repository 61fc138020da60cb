using System.Collections.Generic;
using System.Globalization;
using Espalier.Planning;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A codebook has as many clusters as its index tells apart, and an index narrower than the weight that it stands for.</summary>
internal sealed class WastedIndexBitCheck : LayerCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, LayerDefinition definition)
    {
        if (definition.Codebook is not { Clusters: var clusters } || !IndexBits.IsCount(definition, clusters))
        {
            yield break;
        }

        var bits = IndexBits.Of(clusters);
        var most = 1 << bits;
        if (bits >= IndexBits.OfWeight(definition))
        {
            var narrower = NarrowerBits(definition, bits);
            var fault = Fault.InArgument(
                annotated.Codebook!, 0, "clusters", annotated.Symbol.Name, clusters, bits, $"as much as the {definition.Quantize.Weights} weight itself",
                narrower > 0 ? $"take {Text(1 << narrower)} with {narrower} or leave [Codebook] out" : "leave [Codebook] out");
            yield return narrower > 0 ? fault.Suggesting(Text(1 << narrower)) : fault;
        }
        else if (clusters < most)
        {
            // The nearer of the two in what an index could tell apart, log2: 22 is nearer to 16 than to 32.
            var fewer = 1 << (bits - 1);
            var nearest = (long)clusters * clusters < (long)fewer * most ? fewer : most;
            yield return Fault.InArgument(
                annotated.Codebook!, 0, "clusters", annotated.Symbol.Name, clusters, bits, $"as that of {most}",
                $"take {fewer} with {bits - 1} {(bits == 2 ? "bit" : "bits")} or {most} with {bits}")
                .Suggesting(Text(nearest));
        }
    }

    private static int NarrowerBits(LayerDefinition definition, int bits)
    {
        while (bits >= IndexBits.OfWeight(definition))
        {
            bits--;
        }

        return bits;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
