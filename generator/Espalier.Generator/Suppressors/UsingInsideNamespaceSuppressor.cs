using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Suppressors;

/// <summary>
/// IDE0065, "using directives must be placed outside of a namespace", about <c>using static Espalier.Precision</c> and the directives
/// beside it, where the types of <c>System</c> are imported outside: there <c>Int16</c> and <c>Int32</c> would be ambiguous (CS0229), and the rule's fix moves
/// all directives of a file at once.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UsingInsideNamespaceSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor s_suppression = new(
        "ESPS002", "IDE0065", "Outside the namespace Int16 and Int32 of Espalier.Precision would be ambiguous with the types of System (CS0229)");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(s_suppression);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (ReportedSymbols.Node(diagnostic, context)?.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { Parent: BaseNamespaceDeclarationSyntax space }
                && MustStandInside(space, context.GetSemanticModel(space.SyntaxTree), context.CancellationToken))
            {
                context.ReportSuppression(Suppression.Create(s_suppression, diagnostic));
            }
        }
    }

    private static bool MustStandInside(BaseNamespaceDeclarationSyntax space, SemanticModel model, CancellationToken cancellation)
    {
        var importsPrecision = space.Usings.Any(directive =>
            directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword)
            && model.GetSymbolInfo(directive.NamespaceOrType, cancellation).Symbol?.ToDisplayString() == "Espalier.Precision");

        // Before the namespace's own scope begins, the scopes are those around it, with what is imported for the whole project.
        return importsPrecision
            && model.GetImportScopes(space.SpanStart, cancellation).Any(scope => scope.Imports.Any(import => import.NamespaceOrType.ToDisplayString() == "System"));
    }
}
