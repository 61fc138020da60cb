using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Annotations;

/// <summary>Reads values out of attributes. An attribute that is being typed may lack any of them: absent is null, never an exception.</summary>
internal static class AttributeValues
{
    /// <summary>Whether an attribute is the one of this name. All of ours stand in the namespace <c>Espalier</c>.</summary>
    public static bool Is(this AttributeData attribute, string metadataName)
    {
        // Every attribute of every class comes by here, so no text is built.
        const string Prefix = "Espalier.";
        var type = attribute.AttributeClass;
        return type is { ContainingType: null, Arity: 0, ContainingNamespace: { Name: "Espalier", ContainingNamespace.IsGlobalNamespace: true } }
            && metadataName.Length == Prefix.Length + type.Name.Length
            && metadataName.EndsWith(type.Name, System.StringComparison.Ordinal);
    }

    /// <summary>A positional argument, whether it was written by position or by name.</summary>
    public static T? Argument<T>(this AttributeData attribute, int index)
        where T : struct =>
        index < attribute.ConstructorArguments.Length ? Value<T>(attribute.ConstructorArguments[index]) : null;

    /// <summary>A named argument; null when the attribute does not set it.</summary>
    public static T? Named<T>(this AttributeData attribute, string name)
        where T : struct
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return Value<T>(argument.Value);
            }
        }

        return null;
    }

    /// <summary>A named argument of an enum type of the runtime, as the planner's enum of the same values.</summary>
    public static TEnum? NamedEnum<TEnum>(this AttributeData attribute, string name)
        where TEnum : struct => attribute.Named<int>(name) is { } value ? (TEnum)(object)value : null;

    private static T? Value<T>(TypedConstant constant)
        where T : struct => constant.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum && constant.Value is T value ? value : null;
}
