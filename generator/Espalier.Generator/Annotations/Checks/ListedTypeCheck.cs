using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations.Checks;

/// <summary>Every type that a composition lists is a layer or a composition.</summary>
internal sealed class ListedTypeCheck : CompositionCheck
{
    protected override IEnumerable<Fault> Find(AnnotatedClass annotated, CompositionAttribute composition, IReadOnlyList<ModelPlace> places)
    {
        foreach (var place in places)
        {
            if (IsNoLayer(place))
            {
                yield return Fault.InArgument(composition.Attribute, place.Index, "", annotated.Symbol.Name, Text(place), place.Index);
            }
        }

        if (ModelPlaces.ProjectionOf(composition.Attribute) is { } projection && IsNoLayer(projection))
        {
            yield return Fault.InProperty(composition.Attribute, "Projection", annotated.Symbol.Name, Text(projection), "Projection");
        }
    }

    private static bool IsNoLayer(ModelPlace place) => place.Class is not { CanBeListed: true } && place.Type?.TypeKind != TypeKind.Error;

    private static string Text(ModelPlace place) => place.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) ?? "null";
}
