using System;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// A graph with the integers of <see cref="Simulation"/>, fast enough to validate on thousands of images: integer layers by exact products, float layers as
/// <see cref="ReferenceNetwork"/> has them, all others as the simulation has them. Keeps buffers, so it belongs to one thread.
/// </summary>
internal sealed class GraphSimulation : IPredictor
{
    private readonly ModelWeights _weights;
    private readonly InputEncoder? _encoder;
    private readonly SimulatedStep[] _steps;
    private readonly ProductLayer?[] _products;
    private readonly ReferenceLayer?[] _floats;

    public GraphSimulation(ModelWeights weights)
    {
        _weights = weights;
        _encoder = weights.GridOf(LayerGraph.Input) is { } grid ? new InputEncoder(weights.Normalisation, grid) : null;
        _steps = [.. weights.Layers.Select((_, layer) => new SimulatedStep(weights, layer))];
        _products = [.. weights.Layers.Select((layer, i) => ProductLayer.Takes(layer) ? new ProductLayer(_steps[i]) : null)];
        _floats = [.. weights.Layers.Select(layer => layer is FloatLayerWeights ? new ReferenceLayer(layer) : null)];
    }

    /// <summary>Whether a network is one for this: any but a chain of dense layers.</summary>
    public static bool Takes(ModelWeights weights) => weights.Layers.Any(layer => layer.Layer.Kind != LayerKinds.Dense);

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        var results = new SimulatedTensor[_steps.Length + 1];
        if (_encoder is not null)
        {
            results[0] = SimulatedTensor.Encoded(input, _encoder);
        }
        else
        {
            var normalised = new float[input.Length];
            _weights.Normalisation.Apply(input, normalised);
            results[0] = SimulatedTensor.Of(normalised);
        }

        for (var i = 0; i < _steps.Length; i++)
        {
            var sources = Array.ConvertAll(_steps[i].Sources, source => results[source + 1]);
            results[i + 1] = _products[i] is { } product ? product.Run(sources[0])
                : _floats[i] is { } layer ? SimulatedTensor.Of(layer.Run(sources[0].Floats!))
                : _steps[i].Run(sources);
        }

        results[^1].Floats.AsSpan().CopyTo(output);
    }
}
