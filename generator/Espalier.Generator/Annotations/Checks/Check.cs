using System.Collections.Generic;
using System.Threading;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>One condition that annotated code must meet. The transforms ask whether it holds, its analyzer reports where it does not.</summary>
internal abstract class Check
{
    public abstract IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation);
}

/// <summary>A condition on a class with one layer attribute whose arguments bind.</summary>
internal abstract class LayerCheck : Check
{
    public sealed override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation) =>
        annotated.Weighted is { } definition ? Find(annotated, definition) : [];

    protected abstract IEnumerable<Fault> Find(AnnotatedClass annotated, Planning.LayerDefinition definition);
}

/// <summary>A condition on the layers of a model, at whatever depth they stand.</summary>
internal abstract class ModelCheck : Check
{
    public sealed override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation) =>
        annotated.Sequentials.Count == 1 && annotated.IsModel ? Find(annotated, annotated.Sequentials[0], annotated.Graph.Layers) : [];

    protected abstract IEnumerable<Fault> Find(AnnotatedClass annotated, Microsoft.CodeAnalysis.AttributeData sequential, IReadOnlyList<PlacedLayer> layers);
}

/// <summary>A condition on the classes that a composition lists.</summary>
internal abstract class CompositionCheck : Check
{
    public sealed override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation) =>
        annotated.Compositions.Count == 1 ? Find(annotated, annotated.Compositions[0], ModelPlaces.Of(annotated.Compositions[0].Attribute)) : [];

    protected abstract IEnumerable<Fault> Find(AnnotatedClass annotated, CompositionAttribute composition, IReadOnlyList<ModelPlace> places);
}
