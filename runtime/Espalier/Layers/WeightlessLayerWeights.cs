using System;

namespace Espalier;

/// <summary>The entry of a layer without weights: a pool, a sum, a concatenation, a response normalisation.</summary>
public sealed class WeightlessLayerWeights : LayerWeights
{
    /// <param name="layer">The place.</param>
    /// <param name="outputGrid">For a sum that gives codes: the grid of its result. Null where floats leave, and for pools and concatenations, whose codes stay on the grid of what they take.</param>
    /// <exception cref="ArgumentException">The layer has weights, or takes no grid of its own.</exception>
    public WeightlessLayerWeights(LayerDescription layer, ActivationGrid? outputGrid = null)
        : base(layer, [])
    {
        if (layer.HasWeights)
        {
            throw new ArgumentException($"Layer {layer.Path} is a {layer.Kind}, which has weights, and takes {(layer.IsInteger ? nameof(IntegerLayerWeights) : nameof(FloatLayerWeights))}.", nameof(layer));
        }

        if (outputGrid is { } grid)
        {
            grid.Validate($"Layer {layer.Path}, outputs");
            if (layer.Kind != Planning.LayerKinds.Addition || grid.HasPlanes)
            {
                throw new ArgumentException($"Layer {layer.Path} is a {layer.Kind} and has no grid {grid} of its own: sums alone have one, up to 255.", nameof(outputGrid));
            }
        }

        OutputGrid = outputGrid;
    }

    /// <summary>The grid of a sum that gives codes; otherwise null.</summary>
    public ActivationGrid? OutputGrid { get; }

    /// <inheritdoc/>
    public override int Nonzeros => 0;

    /// <summary>Never returns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Always: there are no weights.</exception>
    public override float Weight(int row, int column) => throw new ArgumentOutOfRangeException(nameof(row), $"Layer {Layer.Path} is a {Layer.Kind}, which has no weights.");
}
