using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Tests;

/// <summary>
/// Finds objects of the compiler that can be reached from a step's value. They would keep whole compilations alive and make the step
/// re-run on every keystroke. By assignability: what is really there are private classes that derive from these.
/// </summary>
internal static class RoslynReach
{
    private static readonly Type[] s_forbidden =
    [
        typeof(Compilation), typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(SyntaxReference), typeof(Location), typeof(Diagnostic),
        typeof(SemanticModel), typeof(AttributeData), typeof(TypedConstant), typeof(SyntaxToken), typeof(AdditionalText),
    ];

    /// <summary>The way to the first such object, or null.</summary>
    public static string? Find(object? value) => Find(value, "value", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static string? Find(object? value, string way, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || (!value.GetType().IsValueType && !seen.Add(value)))
        {
            return null;
        }

        var type = value.GetType();
        if (s_forbidden.FirstOrDefault(forbidden => forbidden.IsAssignableFrom(type)) is { } found)
        {
            return $"{way} is a {found.Name}";
        }

        // Two immutable arrays are equal only when they are the same one.
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return $"{way} is an ImmutableArray";
        }

        var members = value is IEnumerable list
            ? list.Cast<object?>().Select((item, i) => Find(item, $"{way}[{i}]", seen))
            : Fields(type).Select(field => Find(field.GetValue(value), $"{way}.{field.Name}", seen));
        return members.FirstOrDefault(leak => leak is not null);
    }

    private static IEnumerable<FieldInfo> Fields(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field;
            }
        }
    }
}
