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
        annotated.Definition is { } definition ? Find(annotated, definition) : [];

    protected abstract IEnumerable<Fault> Find(AnnotatedClass annotated, Planning.LayerDefinition definition);
}

/// <summary>A condition on the list of layers of a class with <c>[Sequential]</c>.</summary>
internal abstract class ModelCheck : Check
{
    public sealed override IEnumerable<Fault> Find(AnnotatedClass annotated, CancellationToken cancellation) =>
        annotated.Sequentials.Count == 1 ? Find(annotated, annotated.Sequentials[0], ModelPlaces.Of(annotated.Sequentials[0])) : [];

    protected abstract IEnumerable<Fault> Find(AnnotatedClass annotated, Microsoft.CodeAnalysis.AttributeData sequential, IReadOnlyList<ModelPlace> places);
}
