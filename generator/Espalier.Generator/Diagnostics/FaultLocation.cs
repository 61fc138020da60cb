using System.Linq;
using System.Threading;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.Generator.Diagnostics;

/// <summary>Finds the text to underline for a fault.</summary>
internal static class FaultLocation
{
    public static Location Of(Fault fault, ISymbol symbol, CancellationToken cancellation)
    {
        if (fault.Attribute?.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax attribute)
        {
            return Declaration(symbol, cancellation) ?? symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;
        }

        return (Argument(fault, attribute) ?? attribute).GetLocation();
    }

    /// <summary>The name in the part of a class that makes it a layer or a model: other parts may lie anywhere.</summary>
    private static Location? Declaration(ISymbol symbol, CancellationToken cancellation) => symbol.GetAttributes()
        .Where(attribute => CompositionAttribute.From(attribute) is not null || LayerAttribute.From(attribute) is not null)
        .Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.GetLocation())
        .FirstOrDefault(location => location is not null);

    private static SyntaxNode? Argument(Fault fault, AttributeSyntax attribute)
    {
        if (attribute.ArgumentList?.Arguments is not { } arguments)
        {
            return null;
        }

        var named = arguments.FirstOrDefault(argument =>
            (argument.NameColon?.Name ?? argument.NameEquals?.Name)?.Identifier.ValueText is { } name && name == fault.Argument);
        if (named is not null || fault.Position < 0)
        {
            return named;
        }

        // Layers may be listed one by one or in an array that is written out.
        var positional = arguments.Where(argument => argument.NameEquals is null).ToArray();
        var listed = positional.Length == 1
            ? positional[0].Expression switch
            {
                ArrayCreationExpressionSyntax { Initializer.Expressions: var items } => items.ElementAtOrDefault(fault.Position),
                ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var items } => items.ElementAtOrDefault(fault.Position),
                _ => null,
            }
            : null;
        return listed ?? (SyntaxNode?)positional.ElementAtOrDefault(fault.Position);
    }
}
