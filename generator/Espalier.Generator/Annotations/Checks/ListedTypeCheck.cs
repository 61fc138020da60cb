using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Every type that a model lists is a layer.</summary>
internal sealed class ListedTypeCheck : ModelCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, AttributeData sequential, IReadOnlyList<ModelPlace> places)
    {
        foreach (var place in places)
        {
            if (place.Class is not { IsLayer: true } && place.Type?.TypeKind != TypeKind.Error)
            {
                yield return Fault.InArgument(sequential, place.Index, "", annotated.Symbol.Name, place.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "null", place.Index);
            }
        }
    }
}
