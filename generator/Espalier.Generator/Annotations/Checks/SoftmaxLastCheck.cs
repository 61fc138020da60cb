using System.Collections.Generic;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Softmax needs all results of a layer at once and gives probabilities: it ends a model.</summary>
internal sealed class SoftmaxLastCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<PlacedLayer> layers)
    {
        for (var i = 0; i + 1 < layers.Count; i++)
        {
            if (layers[i].Definition?.Activation == ActivationKind.Softmax)
            {
                yield return Fault.InArgument(sequential, layers[i].TopPlace, "", annotated.Symbol.Name, layers[i].Path, layers[layers.Count - 1].TopPlace);
            }
        }
    }
}
