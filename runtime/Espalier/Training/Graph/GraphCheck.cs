using System;
using System.Linq;
using Espalier.Planning;

namespace Espalier;

/// <summary>Turns away graphs whose layers do not fit together.</summary>
internal static class GraphCheck
{
    public static void Run(ModelDescription model)
    {
        var used = new bool[model.Layers.Length];
        for (var i = 0; i < model.Layers.Length; i++)
        {
            foreach (var source in model.SourcesOf(i))
            {
                if (source < -1 || source >= i)
                {
                    throw new ArgumentException($"{model.Name}: layer {model.Layers[i].Path} takes from layer {source}; it is layer {i} itself and can take from those before it, from −1 on, the model's input.");
                }

                if (source >= 0)
                {
                    used[source] = true;
                }
            }

            CheckShapes(model, i);
        }

        if (Array.FindIndex(used, 0, used.Length - 1, isUsed => !isUsed) is var unused and >= 0)
        {
            throw new ArgumentException($"{model.Name}: no layer takes what layer {model.Layers[unused].Path} gives; only the last layer's results leave a model.");
        }
    }

    private static void CheckShapes(ModelDescription model, int index)
    {
        var layer = model.Layers[index];
        var sources = model.SourcesOf(index);
        if (LayerKinds.Find(layer.Kind) is not { } kind)
        {
            return;
        }

        if (sources.Length < kind.LeastSources || (sources.Length > 1 && kind.LeastSources == 1))
        {
            throw new ArgumentException($"{model.Name}: layer {layer.Path} takes from {sources.Length} layers, but a {layer.Kind} takes from {(kind.LeastSources == 1 ? "one" : $"{kind.LeastSources} or more")}.");
        }

        var shapes = sources.Select(source => source < 0 ? model.InputShape : model.Layers[source].OutputShape).ToArray();
        var first = sources[0] < 0 ? "the model's input" : model.Layers[sources[0]].Path;
        if (shapes[0].Count != layer.Inputs)
        {
            throw new ArgumentException($"{model.Name}: layer {layer.Path} takes {layer.Inputs} inputs, but {first} gives {shapes[0].Count}.");
        }

        // What is flattened may be described by its numbers alone.
        var isFlat = kind is DenseKind;
        if (!isFlat && layer.InputShape != shapes[0])
        {
            throw new ArgumentException($"{model.Name}: layer {layer.Path} takes {layer.InputShape}, but {first} gives {shapes[0]}.");
        }

        var shape = kind.OutputShape(layer.ToDefinition().Arguments, [.. shapes.Select(PlanningFacts.ToPlanning)]);
        if (shape?.ToDescription() != layer.OutputShape || layer.OutputShape.Count != layer.Outputs)
        {
            throw new ArgumentException(
                $"{model.Name}: layer {layer.Path}, a {layer.Kind}, makes {(shape is { } made ? made.ToString() : "nothing")} of {string.Join(" and ", shapes)}, but is described to give {layer.OutputShape} ({layer.Outputs} numbers).");
        }
    }
}
