using System;
using System.Collections.Immutable;
using Espalier.Planning;

namespace Espalier;

/// <summary>The grid of every tensor that is codes, from the weights of the layers beside it, who must all name the same one.</summary>
internal static class ModelGrids
{
    /// <summary>By grid group of the model's forms.</summary>
    /// <exception cref="ArgumentException">Layers do not agree on a grid.</exception>
    public static ActivationGrid[] Of(ModelDescription model, TensorForms forms, ImmutableArray<LayerWeights> layers)
    {
        var grids = new ActivationGrid?[forms.GroupTops.Count];
        for (var i = 0; i < layers.Length; i++)
        {
            // What a consumer takes is the measure: messages name the producer that gives something else.
            if (layers[i] is IntegerLayerWeights integer && forms.GridGroup(forms.Graph.SourcesOf(i)[0]) is >= 0 and var group)
            {
                Check(grids[group] ??= integer.InputGrid, integer.InputGrid, model, $"layer {integer.Layer.Path} takes {Name(integer.InputGrid)}, but what enters it is");
            }
        }

        for (var i = 0; i < layers.Length; i++)
        {
            if (forms.GridGroup(i) is >= 0 and var group && (model.Layers[i].HasWeights || model.Layers[i].Kind == LayerKinds.Addition))
            {
                grids[group] ??= OutputGrid(layers[i]);
            }
        }

        for (var i = 0; i < layers.Length; i++)
        {
            var tensor = forms.AdditionOf(i) ?? i;
            var isOwn = model.Layers[i].HasWeights || model.Layers[i].Kind == LayerKinds.Addition;
            var wanted = isOwn && forms.GridGroup(tensor) is >= 0 and var group ? grids[group] : null;
            if (OutputGrid(layers[i]) is var given && given != wanted)
            {
                throw new ArgumentException(
                    $"{model.Name}: layer {layers[i].Layer.Path} gives {Name(given)}, but {(wanted is null ? "floats must leave it" : $"the next layer takes {Name(wanted)}")}.");
            }
        }

        return Array.ConvertAll(grids, grid => grid!.Value);
    }

    private static ActivationGrid? OutputGrid(LayerWeights weights) => weights switch
    {
        IntegerLayerWeights integer => integer.OutputGrid,
        WeightlessLayerWeights weightless => weightless.OutputGrid,
        _ => null,
    };

    private static void Check(ActivationGrid? one, ActivationGrid other, ModelDescription model, string what)
    {
        if (one != other)
        {
            throw new ArgumentException($"{model.Name}: {what} {Name(one)}.");
        }
    }

    private static string Name(ActivationGrid? grid) => grid is { } g ? $"codes on the grid {g}" : "floats";
}
