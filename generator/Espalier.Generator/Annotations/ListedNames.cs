using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.Generator.Annotations;

/// <summary>The names of the classes that compositions list, from its text alone.</summary>
internal static class ListedNames
{
    /// <param name="attributes">The attributes of one class.</param>
    /// <param name="aliases">Other names that the file gives to types: what they stand for is not looked for.</param>
    /// <returns>Names without namespaces; null when an argument is none that the text tells.</returns>
    public static HashSet<string>? Of(IEnumerable<AttributeSyntax> attributes, HashSet<string> aliases)
    {
        var names = new HashSet<string>();
        var arguments = attributes.SelectMany(attribute => Listing(attribute, attribute.ArgumentList?.Arguments.ToArray() ?? []));
        return arguments.All(argument => Add(argument.Expression, names)) && !names.Overlaps(aliases) ? names : null;
    }

    /// <summary>The arguments that may list: how often a block stands is none of them.</summary>
    private static IEnumerable<AttributeArgumentSyntax> Listing(AttributeSyntax attribute, AttributeArgumentSyntax[] arguments) =>
        Last(attribute.Name) is "Repeat" or "RepeatAttribute" && arguments.Count(argument => argument.Expression is TypeOfExpressionSyntax) == 1
            ? arguments.Where(argument => argument.Expression is TypeOfExpressionSyntax)
            : arguments;


    /// <summary>The last part of a name: <c>C</c> of <c>A.B.C</c>.</summary>
    public static string Last(TypeSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    private static bool Add(ExpressionSyntax argument, HashSet<string> names)
    {
        switch (argument)
        {
            case TypeOfExpressionSyntax { Type: var type }:
                names.Add(Last(type));
                return true;
            case ArrayCreationExpressionSyntax { Initializer.Expressions: var items }:
                return items.All(item => Add(item, names));
            case ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var items }:
                return items.All(item => Add(item, names));
            default:
                return false;
        }
    }
}
