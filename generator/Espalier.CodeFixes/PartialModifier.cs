using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Writes the word <c>partial</c>.</summary>
internal static class PartialModifier
{
    /// <summary>C# wants it right before the keyword, so it goes last and takes over what stood before the keyword.</summary>
    public static TypeDeclarationSyntax AddTo(TypeDeclarationSyntax type)
    {
        var partial = SyntaxFactory.Token(type.Keyword.LeadingTrivia, SyntaxKind.PartialKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers.Add(partial)).WithKeyword(type.Keyword.WithLeadingTrivia());
    }

    public static bool IsMissing(TypeDeclarationSyntax type) => !type.Modifiers.Any(SyntaxKind.PartialKeyword);
}
