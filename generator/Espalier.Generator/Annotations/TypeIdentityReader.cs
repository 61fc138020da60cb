using System.Collections.Generic;
using Espalier.Planning;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>Turns a class's symbol into its names.</summary>
internal static class TypeIdentityReader
{
    public static TypeIdentity Read(INamedTypeSymbol symbol)
    {
        var enclosing = new List<string>();
        var isPublic = symbol.DeclaredAccessibility == Accessibility.Public;
        for (var outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            enclosing.Insert(0, $"{Keyword(outer)} {outer.Name}");
            isPublic &= outer.DeclaredAccessibility == Accessibility.Public;
        }

        var space = symbol.ContainingNamespace;
        return new TypeIdentity(space.IsGlobalNamespace ? "" : space.ToDisplayString(), enclosing.ToEquatableArray(), symbol.Name, isPublic);
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };
}
