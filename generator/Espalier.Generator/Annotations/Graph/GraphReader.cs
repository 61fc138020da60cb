using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>
/// Flattens a class into its layers and lets shapes follow one another. A block by itself has no image, so that channels alone are followed; in the model
/// that lists it all of its shapes are known.
/// </summary>
internal sealed partial class GraphReader
{
    /// <summary>Layers that a model may have: ResNet-152 has 208.</summary>
    public const int MostLayers = 4096;

    /// <summary>Numbers of a tensor: a quarter of what an array of bytes can hold.</summary>
    public const long MostNumbers = 1L << 29;

    private readonly List<PlacedLayer> _layers = [];
    private readonly List<GraphFault> _faults = [];
    private readonly HashSet<AnnotatedClass> _classes = [];

    /// <summary>The compositions around what is being read.</summary>
    private readonly Stack<AnnotatedClass> _open = new();

    /// <summary>Where a fault stands: the list, the position in it and that in the list of the class that is read.</summary>
    private (CompositionAttribute List, int Place, string Argument, int TopPlace) _spot;

    /// <summary>Whether nothing comes before what is read.</summary>
    private readonly bool _isModel;

    private bool _hasGaps;

    private GraphReader(bool isModel) => _isModel = isModel;

    public static ModelGraph Read(AnnotatedClass annotated)
    {
        var reader = new GraphReader(annotated.IsModel);
        if (annotated.Compositions.Count > 0)
        {
            reader._spot = (annotated.Compositions[0], -1, "", -1);
            reader.ReadClass(annotated, "", Entering(annotated));
        }

        return new ModelGraph(reader._layers, reader._faults, reader._classes, reader._hasGaps);
    }

    /// <summary>The image; else what the first layer says that it takes.</summary>
    private static Flow Entering(AnnotatedClass annotated)
    {
        if (StepReader.ReadImage(annotated.Image) is { } image)
        {
            return Flow.Of(-1, image);
        }

        var first = FirstLayer.Of(annotated)?.Weighted;
        return first is null ? Flow.Unknown(-1)
            : LayerKinds.Find(first.Kind)!.DemandedShape(first.Arguments) is { } shape ? Flow.Of(-1, shape)
            : new Flow(-1, null, first.InputShape.Channels);
    }

    private Flow ReadClass(AnnotatedClass annotated, string path, Flow entering)
    {
        if (_open.Contains(annotated))
        {
            Fault(GraphFaultKind.Cycle, string.Join(" → ", _open.Reverse().SkipWhile(open => open != annotated).Append(annotated).Select(open => open.Symbol.Name)));
            return Flow.Unknown(entering.Source);
        }

        _classes.Add(annotated);
        _open.Push(annotated);
        var flow = annotated.Compositions.Count > 0 ? ReadComposition(annotated, annotated.Compositions[0], path, entering)
            : annotated.HasWeights ? PlaceWeighted(annotated, path, entering)
            : entering;

        // The order inside a class is fixed: normalisation over channels, then pooling.
        var isFirst = annotated.Compositions.Count == 0 && !annotated.HasWeights;
        foreach (var step in annotated.Steps.OrderBy(step => step.Kind is LocalResponseNormKind ? 0 : 1))
        {
            flow = PlaceStep(annotated, step, isFirst ? path : Join(path, step.Kind.Name), flow);
            isFirst = false;
        }

        flow = annotated.Flatten is null ? flow : flow with { IsFlat = true };
        Drop(StepReader.ReadDropout(annotated.Dropout), annotated, flow);
        _open.Pop();
        return flow;
    }

    /// <summary>Reads one class of a list.</summary>
    private Flow ReadPlace(CompositionAttribute list, ModelPlace place, string argument, string path, Flow entering)
    {
        var before = _spot;
        _spot = (list, place.Index, argument, _open.Count == 1 ? place.Index : before.TopPlace);
        var flow = Flow.Unknown(entering.Source);
        if (place.Class is { CanBeListed: true } listed)
        {
            flow = ReadClass(listed, path, entering);
        }
        else
        {
            _hasGaps = true;
        }

        _spot = before;
        return flow;
    }

    private void Fault(GraphFaultKind kind, params object[] values)
    {
        // A place that does not fit does so for each time its block is repeated.
        var owner = _open.Count > 0 ? Owner() : null;
        if (owner is not null && !_faults.Any(fault => fault.Kind == kind && fault.List == _spot.List.Attribute && fault.Place == _spot.Place && fault.Argument == _spot.Argument && fault.TopPlace == _spot.TopPlace))
        {
            _faults.Add(new GraphFault(kind, owner, _spot.List.Attribute, _spot.Place, _spot.Argument, _spot.TopPlace, values));
        }

        AnnotatedClass Owner() => _open.First(open => open.Compositions.Any(composition => composition.Attribute == _spot.List.Attribute));
    }

    private string NameOf(int source) => source < 0 ? "what enters" : "layer " + _layers[source].Path;

    private static string Join(string path, string part) => path.Length == 0 ? part : path + "/" + part;

    private static string Join(string path, int index, string name) => Join(path, index.ToString(CultureInfo.InvariantCulture) + "/" + name);
}
