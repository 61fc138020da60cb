using System.Collections.Generic;
using System.Globalization;
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
    public static IReadOnlyList<ModelPlace> Of(AttributeData sequential)
    {
        var places = new List<ModelPlace>();
        if (sequential.ConstructorArguments.Length != 1 || sequential.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false } list)
        {
            return places;
        }

        // A class that stands more than once is read once.
        var read = new Dictionary<ISymbol, AnnotatedClass>(SymbolEqualityComparer.Default);
        foreach (var item in list.Values)
        {
            var type = item is { Kind: TypedConstantKind.Type, IsNull: false } ? item.Value as INamedTypeSymbol : null;
            AnnotatedClass? annotated = null;
            if (type is not null && !read.TryGetValue(type, out annotated))
            {
                read.Add(type, annotated = AnnotatedClass.Of(type));
            }

            places.Add(new ModelPlace(places.Count, type ?? item.Value as ITypeSymbol, annotated));
        }

        return places;
    }
}
