using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Each layer takes as many numbers as the one before it gives.</summary>
internal sealed class ChainCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<ModelPlace> places)
    {
        for (var i = 1; i < places.Count; i++)
        {
            if (places[i - 1].Class?.Definition is { } before && places[i].Class?.Definition is { } after && before.Outputs != after.Inputs)
            {
                yield return Fault.InArgument(
                    sequential, i, "", annotated.Symbol.Name, places[i - 1].Path, before.Outputs, places[i].Path, after.Inputs);
            }
        }
    }
}
