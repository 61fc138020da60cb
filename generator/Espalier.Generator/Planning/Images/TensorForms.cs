using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// In which form each tensor of a graph passes from its producer to its consumers, and which tensors share a grid. A tensor is codes when its
/// producer can give codes and all consumers take them; otherwise it is floats, and an integer layer that takes it encodes for itself. Pools and
/// concatenations hand on the form and the grid of what they take; a sum has a grid of its own.
/// </summary>
/// <remarks>On chains of dense layers the forms are those of <see cref="LayerEdges"/>; planes of 14 bits pass between such layers alone.</remarks>
internal sealed class TensorForms
{
    /// <summary>The top of a grid that no layer with weights asks for: one between sums alone.</summary>
    public const int UsualTop = 127;

    private const int None = -1;
    private readonly EdgeForm[] _forms;
    private readonly int[] _groups;
    private readonly int[] _additions;
    private readonly int[] _sums;

    private TensorForms(LayerGraph graph, bool[] codes)
    {
        Graph = graph;
        var onGrids = (bool[])codes.Clone();
        _additions = graph.Layers.Select(_ => None).ToArray();
        _sums = graph.Layers.Select(_ => None).ToArray();
        for (var layer = 0; layer < graph.Layers.Count; layer++)
        {
            if (codes[layer + 1] && AdditionAfter(graph, codes, layer) is { } addition)
            {
                onGrids[layer + 1] = false;
                (_additions[layer], _sums[addition]) = (addition, layer);
            }
        }

        _groups = Groups(graph, onGrids);
        GroupTops = Tops(graph, _groups).Select(top => top!.Value).ToArray();
        _forms = codes.Select((isCodes, at) => !isCodes ? EdgeForm.Floats
            : !onGrids[at] ? EdgeForm.Sums
            : ActivationPlanes.Of(GroupTops[_groups[at]]) == 2 ? EdgeForm.Planes : EdgeForm.Codes).ToArray();
    }

    public LayerGraph Graph { get; }

    /// <summary>By grid group, the top of its grid.</summary>
    public IReadOnlyList<int> GroupTops { get; }

    /// <summary>The form of a layer's result, or of the model's input (−1).</summary>
    public EdgeForm this[int tensor] => _forms[tensor + 1];

    /// <summary>The group of tensors on one grid that a layer's result, or the model's input (−1), belongs to, from 0 on; −1 where it is no codes.</summary>
    public int GridGroup(int tensor) => _groups[tensor + 1];

    /// <summary>The addition that a layer hands its sums on to, unrounded and without an activation of its own; null where it does not.</summary>
    public int? AdditionOf(int layer) => _additions[layer] == None ? null : _additions[layer];

    /// <summary>The source of an addition that hands on its sums; null where all give numbers on grids, or floats.</summary>
    public int? SumsOf(int addition) => _sums[addition] == None ? null : _sums[addition];

    /// <summary>Whether a layer computes in integers but takes floats: it encodes what enters on its own grid.</summary>
    public bool Encodes(int layer) => Graph.Layers[layer].IsInteger && this[Graph.SourcesOf(layer)[0]] == EdgeForm.Floats;

    public static TensorForms Of(IReadOnlyList<LayerDefinition> layers, IReadOnlyList<EquatableArray<int>> sources) => Of(new LayerGraph(layers, sources));

    public static TensorForms Of(LayerGraph graph)
    {
        // From all tensors that could be codes, those that cannot are taken out until none is left: the largest set that agrees with itself.
        var codes = Enumerable.Range(LayerGraph.Input, graph.Layers.Count + 1).Select(tensor => tensor == LayerGraph.Input || (tensor + 1 < graph.Layers.Count && CanGiveCodes(graph.Layers[tensor]))).ToArray();
        while (true)
        {
            while (Narrow(graph, codes))
            {
            }

            var groups = Groups(graph, codes);
            var tops = Tops(graph, groups);
            if (tops.All(top => top is not null))
            {
                return new TensorForms(graph, codes);
            }

            for (var at = 0; at < codes.Length; at++)
            {
                codes[at] &= groups[at] == None || tops[groups[at]] is not null;
            }
        }
    }

    // Table look-ups belong to layers with weights: what only moves or adds numbers has no more than the rectifier on a grid.
    private static bool CanGiveCodes(LayerDefinition layer) =>
        layer.HasWeights ? layer.IsInteger : PassesCodes(layer) && layer.Activation is ActivationKind.None or ActivationKind.Relu;

    private static bool PassesCodes(LayerDefinition layer) => LayerKinds.Find(layer.Kind) is PoolKind or GlobalAveragePoolKind or AddKind or ConcatKind;

    private static bool Narrow(LayerGraph graph, bool[] codes)
    {
        var changed = false;
        for (var tensor = LayerGraph.Input; tensor < graph.Layers.Count; tensor++)
        {
            if (codes[tensor + 1] && !(TakenAsCodes(graph, codes, tensor) && (tensor == LayerGraph.Input || graph.Layers[tensor].HasWeights || graph.SourcesOf(tensor).All(source => codes[source + 1]))))
            {
                codes[tensor + 1] = false;
                changed = true;
            }
        }

        return changed;
    }

    private static bool TakenAsCodes(LayerGraph graph, bool[] codes, int tensor) =>
        graph.ConsumersOf(tensor).All(consumer => graph.Layers[consumer].HasWeights ? graph.Layers[consumer].IsInteger : codes[consumer + 1]);

    /// <summary>By tensor, from the model's input on: the number of its group, from 0 on in order of first tensors.</summary>
    private static int[] Groups(LayerGraph graph, bool[] codes)
    {
        var first = Enumerable.Range(0, codes.Length).ToArray();
        for (var layer = 0; layer < graph.Layers.Count; layer++)
        {
            if (!codes[layer + 1] || graph.Layers[layer].HasWeights || graph.Layers[layer].Kind == LayerKinds.Addition)
            {
                continue;
            }

            foreach (var source in graph.SourcesOf(layer))
            {
                var (one, other) = (first[source + 1], first[layer + 1]);
                for (var at = 0; at < first.Length; at++)
                {
                    first[at] = first[at] == one || first[at] == other ? System.Math.Min(one, other) : first[at];
                }
            }
        }

        var numbers = first.Where((_, at) => codes[at]).Distinct().OrderBy(at => at).ToList();
        return first.Select((leader, at) => codes[at] ? numbers.IndexOf(leader) : None).ToArray();
    }

    private static int?[] Tops(LayerGraph graph, int[] groups) => Enumerable.Range(0, groups.Max() + 1).Select(group => Top(graph, groups, group)).ToArray();

    /// <summary>The top that all layers with weights want of a group's grid; null where they differ, or want planes that a member cannot give.</summary>
    private static int? Top(LayerGraph graph, int[] groups, int group)
    {
        var members = Enumerable.Range(LayerGraph.Input, groups.Length).Where(tensor => groups[tensor + 1] == group).ToArray();
        var consumers = members.SelectMany(tensor => graph.ConsumersOf(tensor)).Select(consumer => graph.Layers[consumer]).ToArray();

        // A grid is named by a layer with weights, or by a sum: what comes from the model's input alone and goes to sums alone has none.
        if (!consumers.Any(consumer => consumer.HasWeights) && !members.Any(tensor => tensor != LayerGraph.Input && (graph.Layers[tensor].HasWeights || graph.Layers[tensor].Kind == LayerKinds.Addition)))
        {
            return null;
        }

        var wanted = consumers.Where(consumer => consumer.HasWeights).Select(consumer => consumer.Quantize.Inputs.ActivationTop()).Distinct().ToArray();
        if (wanted.Length > 1)
        {
            return null;
        }

        var top = wanted.Length == 1 ? wanted[0] : UsualTop;
        var planes = ActivationPlanes.Of(top) == 2;
        return planes && !(consumers.All(consumer => consumer.Kind == LayerKinds.Dense) && members.All(tensor => tensor == LayerGraph.Input || GivesPlanes(graph.Layers[tensor]))) ? null : top;
    }

    // Images have one plane. A table of 256 sums would leave 14 bits no more than eight.
    private static bool GivesPlanes(LayerDefinition layer) => layer.Kind == LayerKinds.Dense && layer.Activation is not (ActivationKind.Sigmoid or ActivationKind.Tanh);

    /// <summary>The addition that takes a convolution's sums: its only consumer, whose one other source was computed before, so that one kernel can do both.</summary>
    private static int? AdditionAfter(LayerGraph graph, bool[] codes, int layer)
    {
        var (definition, consumers) = (graph.Layers[layer], graph.ConsumersOf(layer));
        if (definition.Kind != LayerKinds.Convolution || definition.Activation != ActivationKind.None || LayerEdges.InputOf(definition) != EdgeForm.Codes || consumers.Count != 1)
        {
            return null;
        }

        var addition = consumers[0];
        var sources = graph.SourcesOf(addition);
        return graph.Layers[addition].Kind == LayerKinds.Addition && codes[addition + 1] && sources.Count == 2 && sources.All(source => source <= layer) ? addition : null;
    }
}
