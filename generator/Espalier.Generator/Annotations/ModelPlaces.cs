using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>A place in a model's list of layers.</summary>
/// <param name="Index">Its position.</param>
/// <param name="Type">What stands in <c>typeof</c>; null when that is no class.</param>
/// <param name="Class">The class's attributes; they may come from another assembly's metadata.</param>
internal readonly record struct ModelPlace(int Index, ITypeSymbol? Type, AnnotatedClass? Class)
{
    /// <summary>The key of the place's weights.</summary>
    public string Path => Index.ToString(CultureInfo.InvariantCulture) + "/" + (Type?.Name ?? "?");
}

/// <summary>Reads the list of layers in <c>[Sequential]</c>.</summary>
internal static class ModelPlaces
{
    /// <summary>Every check of a model asks for the list; an attribute lives as long as its symbol and says the same each time.</summary>
    private static readonly ConditionalWeakTable<AttributeData, IReadOnlyList<ModelPlace>> s_read = new();

    public static IReadOnlyList<ModelPlace> Of(AttributeData sequential) => s_read.GetValue(sequential, Read);

    private static IReadOnlyList<ModelPlace> Read(AttributeData sequential)
    {
        var places = new List<ModelPlace>();
        if (sequential.ConstructorArguments.Length != 1 || sequential.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false } list)
        {
            return places;
        }

        foreach (var item in list.Values)
        {
            var type = item is { Kind: TypedConstantKind.Type, IsNull: false } ? item.Value as INamedTypeSymbol : null;
            var annotated = type is null ? null : AnnotatedClass.Of(type);
            places.Add(new ModelPlace(places.Count, type ?? item.Value as ITypeSymbol, annotated));
        }

        return places;
    }
}
