using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>
/// Whether the compiler has bound the attributes of a class. It tells no one, so that this looks into the symbol: there is no other way to see
/// that code binds more than it must, except by the time it takes.
/// </summary>
internal static class BoundAttributes
{
    public static bool Has(INamedTypeSymbol type)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
        var symbol = Bases(type.GetType()).Select(part => part.GetProperty("UnderlyingSymbol", Hidden)).First(property => property is not null)!.GetValue(type)!;
        var bag = Bases(symbol.GetType()).Select(part => part.GetField("_lazyCustomAttributesBag", Hidden)).First(field => field is not null)!;
        return bag.GetValue(symbol) is not null;
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            yield return part;
        }
    }
}
