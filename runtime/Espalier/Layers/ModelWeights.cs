using System;
using System.Collections.Immutable;
using System.Linq;
using Espalier.Planning;

namespace Espalier;

/// <summary>The immutable weights of a whole model, decoded: what kernels are packed from.</summary>
public sealed class ModelWeights
{
    private readonly ActivationGrid[] _grids;

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
        Forms = model.ToForms();
        _grids = ModelGrids.Of(model, Forms, layers);
    }

    /// <summary>The model that the weights are for.</summary>
    public ModelDescription Model { get; }

    /// <summary>How raw inputs become what the first layer sees.</summary>
    public Normalisation Normalisation { get; }

    /// <summary>The weights of each layer, in order.</summary>
    public ImmutableArray<LayerWeights> Layers { get; }

    /// <summary>The grid of what leaves a layer; null where floats leave it, or sums that enter an addition.</summary>
    /// <param name="layer">The layer's place in the model; −1 for the model's input.</param>
    public ActivationGrid? GridOf(int layer) => Forms.GridGroup(layer) is >= 0 and var group ? _grids[group] : null;

    /// <summary>In which form each tensor passes.</summary>
    internal TensorForms Forms { get; }

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
        if (given.Kind != layer.Kind || given.Inputs != layer.Inputs || given.Outputs != layer.Outputs || given.Activation != layer.Activation || given.IsInteger != layer.IsInteger || given.TakesPlanes != layer.TakesPlanes
            || given.InputShape != layer.InputShape || given.OutputShape != layer.OutputShape || (layer.Kind != LayerKinds.Dense && !given.Arguments.SequenceEqual(layer.Arguments)))
        {
            throw new ArgumentException(
                $"{model.Name}: layer {layer.Path} is {layer.Kind} ({Shape(layer)}) with {layer.Activation}, but was given weights of {given.Kind} ({Shape(given)}) with {given.Activation}. Train the model again, or load weights of this model.");
        }
    }

    private static string Shape(LayerDescription layer) => layer.InputShape.IsImage || layer.OutputShape.IsImage
        ? $"{layer.InputShape} to {layer.OutputShape}, {string.Join(", ", layer.Arguments)}"
        : $"{layer.Inputs}, {layer.Outputs}";
}
