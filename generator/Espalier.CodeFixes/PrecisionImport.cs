using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Decides where <c>using static Espalier.Precision</c> stands.</summary>
internal static class PrecisionImport
{
    /// <summary>Whether the directive helps in a scope: in a namespace it comes before what is imported outside, but not before a <c>using System</c> beside it.</summary>
    public static bool CanStandIn(SyntaxNode scope, SemanticModel model, CancellationToken cancellation) =>
        scope is BaseNamespaceDeclarationSyntax space && !space.Usings.Any(directive => PrecisionNames.IsSystem(directive, model, cancellation));

    /// <summary>Puts the directive into each namespace that has a bare precision, and takes it from above them unless something there still needs it.</summary>
    public static async Task<Document> MoveInside(Document document, CancellationToken cancellation)
    {
        var root = (CompilationUnitSyntax)(await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var scopes = PrecisionNames.Bare(root, model, cancellation).Select(UsingDirectives.ScopeOf).Distinct()
            .ToLookup(scope => CanStandIn(scope, model, cancellation));
        var edits = new TextEdits();
        foreach (var scope in scopes[true].Where(scope => !UsingDirectives.Of(scope).Any(directive => PrecisionNames.AreImportedBy(directive, model, cancellation))))
        {
            UsingDirectives.Add(edits, document, text, scope, PrecisionNames.Directive);
        }

        if (!scopes[false].Any())
        {
            // What other files import for all is left to them.
            foreach (var directive in root.Usings.Where(directive => directive.GlobalKeyword.RawKind == 0 && PrecisionNames.AreImportedBy(directive, model, cancellation)))
            {
                UsingDirectives.Remove(edits, document, text, directive);
            }
        }

        return (await edits.Apply(document.Project.Solution, cancellation).ConfigureAwait(false)).GetDocument(document.Id)!;
    }
}
