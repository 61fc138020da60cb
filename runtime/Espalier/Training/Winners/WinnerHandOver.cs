using System;

namespace Espalier;

/// <summary>Which max pools leave their gradients, with the places they go to, to the convolution before them instead of an image full of zeros.</summary>
internal sealed class WinnerHandOver
{
    private readonly LayerTraining[] _layers;
    private readonly int[] _pools;

    public WinnerHandOver(LayerTraining[] layers, GraphEdges edges)
    {
        _layers = layers;
        _pools = new int[layers.Length];
        Array.Fill(_pools, -1);
        for (var i = 0; i < layers.Length; i++)
        {
            // Whoever else reads the convolution's results would have gradients for them, too.
            if (layers[i] is MaxPoolTraining { HasFewWinners: true } && edges.TensorsBefore(i)[0] is > 0 and var tensor && edges.ConsumersOf(tensor) == 1 && layers[tensor - 1] is ConvolutionTraining)
            {
                _pools[tensor - 1] = i;
            }
        }
    }

    /// <summary>The pool whose gradients a layer takes, or null.</summary>
    public int? PoolBehind(int layer, QuantizationAwareness? awareness) =>
        _pools[layer] is >= 0 and var pool && _layers[layer] is ConvolutionTraining { TakesWinners: true } && awareness?.Rounds(pool) != true ? pool : null;

    /// <summary>Whether a layer's gradients are left to the one before it.</summary>
    public bool HandsOver(int layer, QuantizationAwareness? awareness) =>
        Array.IndexOf(_pools, layer) is >= 0 and var before && PoolBehind(before, awareness) == layer;
}
