using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Suppressors;

/// <summary>Finds what a diagnostic is about.</summary>
internal static class ReportedSymbols
{
    /// <summary>The declaration that a diagnostic stands on, or null.</summary>
    public static SyntaxNode? Node(Diagnostic diagnostic, SuppressionAnalysisContext context) =>
        diagnostic.Location.SourceTree?.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);

    /// <summary>The type or member whose declaration a diagnostic stands on, or null.</summary>
    public static ISymbol? Of(Diagnostic diagnostic, SuppressionAnalysisContext context) =>
        Node(diagnostic, context)?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration
            ? context.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, context.CancellationToken)
            : null;
}
