using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>Which layer takes from which: a flat list of layers, each with the places of its sources; −1 is the model's input.</summary>
internal sealed class LayerGraph
{
    /// <summary>The place of the model's input among tensors.</summary>
    public const int Input = -1;

    private readonly int[][] _sources;
    private readonly List<int>[] _consumers;

    /// <param name="layers">The layers, each after all that it takes from.</param>
    /// <param name="sources">By layer, the places it takes from; empty for the layer before.</param>
    public LayerGraph(IReadOnlyList<LayerDefinition> layers, IReadOnlyList<EquatableArray<int>> sources)
    {
        Layers = layers;
        _sources = sources.Select((given, place) => given.Count == 0 ? new[] { place - 1 } : given.ToArray()).ToArray();
        _consumers = Enumerable.Range(0, layers.Count + 1).Select(_ => new List<int>()).ToArray();
        for (var layer = 0; layer < _sources.Length; layer++)
        {
            foreach (var source in _sources[layer])
            {
                _consumers[source + 1].Add(layer);
            }
        }
    }

    /// <summary>Layers that each take from the one before.</summary>
    public static LayerGraph Chain(IReadOnlyList<LayerDefinition> layers) => new(layers, layers.Select(_ => EquatableArray<int>.Empty).ToArray());

    public IReadOnlyList<LayerDefinition> Layers { get; }

    /// <summary>The tensors that a layer takes, in its order.</summary>
    public IReadOnlyList<int> SourcesOf(int layer) => _sources[layer];

    /// <summary>The layers that take a tensor, ascending; one that takes it twice stands there twice. None takes the last, which leaves the model.</summary>
    public IReadOnlyList<int> ConsumersOf(int tensor) => _consumers[tensor + 1];
}
