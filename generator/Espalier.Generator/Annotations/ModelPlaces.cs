using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>A place in a composition's list of classes.</summary>
/// <param name="Index">Its position.</param>
/// <param name="Type">What stands in <c>typeof</c>; null when that is no class.</param>
/// <param name="Class">The class's attributes; they may come from another assembly's metadata.</param>
internal readonly record struct ModelPlace(int Index, ITypeSymbol? Type, AnnotatedClass? Class)
{
    /// <summary>The class's part of a path.</summary>
    public string Name => Type?.Name ?? "?";

    /// <summary>The key of the place's weights.</summary>
    public string Path => Index.ToString(CultureInfo.InvariantCulture) + "/" + Name;
}

/// <summary>Reads the classes that a composition lists, <c>[Sequential]</c> or another one.</summary>
internal static class ModelPlaces
{
    /// <summary>Every check of a model asks for the list; an attribute lives as long as its symbol and says the same each time.</summary>
    private static readonly ConditionalWeakTable<AttributeData, IReadOnlyList<ModelPlace>> s_read = new();

    public static IReadOnlyList<ModelPlace> Of(AttributeData composition) => s_read.GetValue(composition, Read);

    /// <summary>The class that what enters a residual block passes; null when there is none.</summary>
    public static ModelPlace? ProjectionOf(AttributeData composition)
    {
        foreach (var argument in composition.NamedArguments)
        {
            if (argument is { Key: "Projection", Value: { Kind: TypedConstantKind.Type, IsNull: false } })
            {
                return Place(-1, argument.Value);
            }
        }

        return null;
    }

    private static IReadOnlyList<ModelPlace> Read(AttributeData composition)
    {
        var places = new List<ModelPlace>();
        if (composition.ConstructorArguments.Length == 0)
        {
            return places;
        }

        switch (composition.ConstructorArguments[0])
        {
            case { Kind: TypedConstantKind.Array, IsNull: false } list:
                foreach (var item in list.Values)
                {
                    places.Add(Place(places.Count, item));
                }

                break;
            case { Kind: TypedConstantKind.Type } block:
                places.Add(Place(0, block));
                break;
        }

        return places;
    }

    private static ModelPlace Place(int index, TypedConstant item)
    {
        var type = item is { Kind: TypedConstantKind.Type, IsNull: false } ? item.Value as INamedTypeSymbol : null;
        return new ModelPlace(index, type ?? item.Value as ITypeSymbol, type is null ? null : AnnotatedClass.Of(type));
    }
}
