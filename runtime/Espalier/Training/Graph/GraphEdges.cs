using System;
using System.Linq;

namespace Espalier;

/// <summary>Which layers of a model take from which, and how far back gradients must go. Tensors are counted from the model's input, so layer i gives tensor i + 1.</summary>
internal sealed class GraphEdges
{
    private readonly int[][] _sources;
    private readonly int[] _consumers;
    private readonly bool[] _learns;

    public GraphEdges(ModelDescription model)
    {
        _sources = [.. model.Layers.Select((_, i) => model.SourcesOf(i).Select(source => source + 1).ToArray())];
        _consumers = new int[_sources.Length + 1];
        _learns = new bool[_sources.Length + 1];
        for (var layer = 0; layer < _sources.Length; layer++)
        {
            foreach (var tensor in _sources[layer])
            {
                _consumers[tensor]++;
            }

            _learns[layer + 1] = model.Layers[layer].HasWeights || Array.Exists(_sources[layer], tensor => _learns[tensor]);
        }
    }

    /// <summary>The tensors that enter a layer.</summary>
    public int[] TensorsBefore(int layer) => _sources[layer];

    /// <summary>How often a tensor enters a layer.</summary>
    public int ConsumersOf(int tensor) => _consumers[tensor];

    /// <summary>Whether something before a tensor learns, so that its gradient is wanted.</summary>
    public bool WantsGradient(int tensor) => _learns[tensor];
}
