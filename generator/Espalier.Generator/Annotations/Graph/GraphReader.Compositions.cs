using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Annotations;

/// <summary>The part that reads compositions.</summary>
internal sealed partial class GraphReader
{
    private static readonly LayerKind s_add = LayerKinds.All.OfType<AddKind>().Single();
    private static readonly LayerKind s_concat = LayerKinds.All.OfType<ConcatKind>().Single();

    private Flow ReadComposition(AnnotatedClass annotated, CompositionAttribute composition, string path, Flow entering)
    {
        if (_layers.Count > MostLayers)
        {
            return Flow.Unknown(entering.Source);
        }

        return composition.Form switch
        {
            CompositionForm.Residual => ReadResidual(annotated, composition, path, entering),
            CompositionForm.Concat => ReadConcat(annotated, composition, path, entering),
            CompositionForm.Repeat => ReadRepeat(composition, path, entering),
            _ => ReadChain(composition, path, entering),
        };
    }

    private Flow ReadChain(CompositionAttribute composition, string path, Flow entering)
    {
        var flow = entering;
        foreach (var place in ModelPlaces.Of(composition.Attribute))
        {
            flow = ReadPlace(composition, place, "", Join(path, place.Index, place.Name), flow);
        }

        return flow;
    }

    private Flow ReadRepeat(CompositionAttribute composition, string path, Flow entering)
    {
        var flow = entering;
        foreach (var place in ModelPlaces.Of(composition.Attribute).Take(1))
        {
            for (var i = 0; i < composition.Count && _layers.Count <= MostLayers; i++)
            {
                var (before, layers) = (flow, _layers.Count);
                flow = ReadPlace(composition, place, "", Join(path, i, place.Name), before);
                if (_layers.Count == layers)
                {
                    // What is no layer stands as well once as a thousand million times.
                    return flow;
                }

                if (i == 0 && composition.Count > 1 && Differ(before, flow))
                {
                    At(composition, place.Index, "", () => Fault(GraphFaultKind.Repeat, Join(path, i, place.Name), before.Text, flow.Text, composition.Count));
                    return Flow.Unknown(flow.Source);
                }
            }
        }

        return flow;
    }

    /// <summary>
    /// The projection before the body: then the sum follows the body's last layer in every block of a network, and those layers have one plan, whether there is
    /// a projection or not.
    /// </summary>
    private Flow ReadResidual(AnnotatedClass annotated, CompositionAttribute composition, string path, Flow entering)
    {
        var shared = entering with { IsShared = true };
        var shortcut = ModelPlaces.ProjectionOf(composition.Attribute) is { } projection
            ? ReadPlace(composition, projection, "Projection", Join(Join(path, "Projection"), projection.Name), shared)
            : shared;
        var body = ReadChain(composition, path, shared);
        if (Differ(body, shortcut) || body.IsFlat != shortcut.IsFlat)
        {
            At(composition, -1, "", () => Fault(GraphFaultKind.Sum, Join(path, s_add.Name), body.Text, shortcut.Text));
        }

        return PlaceJoin(s_add, annotated, path, [body, shortcut]);
    }

    private Flow ReadConcat(AnnotatedClass annotated, CompositionAttribute composition, string path, Flow entering)
    {
        var branches = ModelPlaces.Of(composition.Attribute)
            .Select(place => ReadPlace(composition, place, "", Join(path, place.Index, place.Name), entering with { IsShared = true }))
            .ToArray();
        if (branches.Length == 1)
        {
            At(composition, -1, "", () => Fault(GraphFaultKind.Branches, Join(path, s_concat.Name), "one branch"));
        }
        else if (branches.Length > 1 && branches.All(branch => branch.Shape is not null)
            && branches.Any(branch => branch.IsFlat != branches[0].IsFlat || branch.Shape!.Value.Height != branches[0].Shape!.Value.Height || branch.Shape!.Value.Width != branches[0].Shape!.Value.Width))
        {
            At(composition, -1, "", () => Fault(GraphFaultKind.Branches, Join(path, s_concat.Name), string.Join(" and ", branches.Select(branch => branch.Text))));
        }

        return branches.Length == 0 ? entering : PlaceJoin(s_concat, annotated, path, branches);
    }

    /// <summary>A fault that stands elsewhere than in the place that is read.</summary>
    private void At(CompositionAttribute list, int place, string argument, System.Action report)
    {
        var before = _spot;
        _spot = (list, place, argument, _open.Count == 1 ? place : before.TopPlace);
        report();
        _spot = before;
    }

    /// <summary>Whether two tensors have different shapes as far as is known.</summary>
    private static bool Differ(Flow left, Flow right) =>
        left.Shape is { } a && right.Shape is { } b ? a != b : left.Channels is { } channels && right.Channels is { } others && channels != others;
}
