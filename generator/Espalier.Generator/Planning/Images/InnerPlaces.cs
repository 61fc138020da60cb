using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// Branches that lie inside their concatenation: their layers write straight into its channels, and nothing is copied. A branch has to begin at a whole vector of
/// channels, and all that reads it besides has to take any stride.
/// </summary>
internal sealed class InnerPlaces
{
    private readonly int[] _concatenations;
    private readonly int[] _channels;

    private InnerPlaces(int layers)
    {
        _concatenations = Enumerable.Repeat(-1, layers).ToArray();
        _channels = new int[layers];
    }

    /// <summary>The concatenation that a layer writes into; −1 where it has a place of its own.</summary>
    public int ConcatenationOf(int layer) => layer < 0 ? -1 : _concatenations[layer];

    /// <summary>The first channel of a layer's result in its concatenation.</summary>
    public int ChannelOf(int layer) => _channels[layer];

    /// <param name="graph">The network.</param>
    /// <param name="fusion">Which additions convolutions take along.</param>
    /// <param name="takesAnyStride">Whether a concatenation's pixels may be apart from each other: not where a dense layer alone takes it.</param>
    public static InnerPlaces Of(LayerGraph graph, AddFusion fusion, System.Func<int, bool> takesAnyStride)
    {
        var places = new InnerPlaces(graph.Layers.Count);
        for (var layer = 0; layer < graph.Layers.Count; layer++)
        {
            if (graph.Layers[layer].Kind != LayerKinds.Concatenation || !takesAnyStride(layer))
            {
                continue;
            }

            var channel = 0;
            foreach (var source in graph.SourcesOf(layer))
            {
                if (channel % MapStrides.Vector == 0 && source >= 0 && places._concatenations[source] < 0 && CanWriteInto(graph, fusion, source) && CanReadFrom(graph, fusion, source, layer))
                {
                    places._concatenations[source] = layer;
                    places._channels[source] = channel;
                }

                channel += (source < 0 ? graph.Layers[0].InputShape : graph.Layers[source].OutputShape).Channels;
            }
        }

        return places;
    }

    // Dense layers write whole tiles of rows, more than a vector of channels. A convolution whose addition is fused writes the addition's result.
    private static bool CanWriteInto(LayerGraph graph, AddFusion fusion, int source) => graph.Layers[source].Kind != LayerKinds.Dense && fusion.AdditionOf(source) < 0;

    private static bool CanReadFrom(LayerGraph graph, AddFusion fusion, int source, int concatenation)
    {
        var consumers = graph.ConsumersOf(source);
        return consumers.Count(consumer => consumer == concatenation) == 1
            && consumers.All(consumer => !graph.Layers[consumer].HasWeights && fusion.ConvolutionOf(consumer) < 0);
    }
}
