using System;
using System.Collections.Immutable;

namespace Espalier;

/// <summary>The immutable weights of a whole model, decoded: what kernels are packed from.</summary>
public sealed class ModelWeights
{
    /// <param name="model">The model that the weights are for.</param>
    /// <param name="normalisation">How raw inputs become what the first layer sees.</param>
    /// <param name="layers">The weights of each layer, in order.</param>
    /// <exception cref="ArgumentException">The weights are not those of the model's layers, or two neighbours do not agree on the grid between them.</exception>
    public ModelWeights(ModelDescription model, Normalisation normalisation, ImmutableArray<LayerWeights> layers)
    {
        ArgumentNullException.ThrowIfNull(model);
        normalisation.Validate();
        if (layers.IsDefault || layers.Length != model.Layers.Length)
        {
            throw new ArgumentException($"{model.Name} has {model.Layers.Length} layers, but weights for {(layers.IsDefault ? 0 : layers.Length)} were given.", nameof(layers));
        }

        for (var i = 0; i < layers.Length; i++)
        {
            CheckPlace(model, layers, i);
        }

        Model = model;
        Normalisation = normalisation;
        Layers = layers;
    }

    /// <summary>The model that the weights are for.</summary>
    public ModelDescription Model { get; }

    /// <summary>How raw inputs become what the first layer sees.</summary>
    public Normalisation Normalisation { get; }

    /// <summary>The weights of each layer, in order.</summary>
    public ImmutableArray<LayerWeights> Layers { get; }

    /// <summary>The weights of one place.</summary>
    /// <param name="path">The key of the place, e.g. <c>0/Hidden1</c>.</param>
    /// <exception cref="ArgumentException">The model has no such place.</exception>
    public LayerWeights this[string path]
    {
        get
        {
            foreach (var layer in Layers)
            {
                if (layer.Layer.Path == path)
                {
                    return layer;
                }
            }

            throw new ArgumentException($"{Model.Name} has no layer {path}; it has {string.Join(", ", System.Linq.Enumerable.Select(Layers, l => l.Layer.Path))}.", nameof(path));
        }
    }

    private static void CheckPlace(ModelDescription model, ImmutableArray<LayerWeights> layers, int index)
    {
        var layer = model.Layers[index];
        var given = layers[index].Layer;
        if (given.Kind != layer.Kind || given.Inputs != layer.Inputs || given.Outputs != layer.Outputs || given.Activation != layer.Activation || given.IsInteger != layer.IsInteger || given.TakesPlanes != layer.TakesPlanes)
        {
            throw new ArgumentException(
                $"{model.Name}: layer {layer.Path} is {layer.Kind} ({layer.Inputs}, {layer.Outputs}) with {layer.Activation}, but was given weights of {given.Kind} ({given.Inputs}, {given.Outputs}) with {given.Activation}. Train the model again, or load weights of this model.");
        }

        if (layers[index] is IntegerLayerWeights integer)
        {
            var next = index + 1 < layers.Length ? layers[index + 1] as IntegerLayerWeights : null;
            var wanted = next is not null && layer.HandsCodesTo(model.Layers[index + 1]) ? next.InputGrid : (ActivationGrid?)null;
            if (integer.OutputGrid != wanted)
            {
                throw new ArgumentException(
                    $"{model.Name}: layer {layer.Path} gives {Name(integer.OutputGrid)}, but {(wanted is null ? "floats must leave it" : $"the next layer takes {Name(wanted)}")}.");
            }
        }
    }

    private static string Name(ActivationGrid? grid) => grid is { } g ? $"codes on the grid {g}" : "floats";
}
