using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>A model has a layer.</summary>
internal sealed class ModelHasLayersCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<ModelPlace> places)
    {
        if (places.Count == 0)
        {
            yield return Fault.In(sequential, annotated.Symbol.Name);
        }
    }
}
