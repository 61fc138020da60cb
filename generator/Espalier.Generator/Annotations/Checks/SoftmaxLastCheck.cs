using System.Collections.Generic;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Softmax needs all results of a layer at once and gives probabilities: it ends a model.</summary>
internal sealed class SoftmaxLastCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<ModelPlace> places)
    {
        for (var i = 0; i + 1 < places.Count; i++)
        {
            if (places[i].Class?.Definition?.Activation == ActivationKind.Softmax)
            {
                yield return Fault.InArgument(sequential, i, "", annotated.Symbol.Name, places[i].Path, places.Count - 1);
            }
        }
    }
}
