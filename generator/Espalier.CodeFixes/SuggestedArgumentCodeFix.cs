using System.Threading;
using System.Threading.Tasks;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Writes what a rule suggests in place of the argument that it underlines; where it suggests nothing, nothing is offered.</summary>
public abstract class SuggestedArgumentCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(CheckAnalyzer.Suggestion, out var suggestion)
                && suggestion is not null
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title(suggestion), cancellation => Fix(context.Document, argument.Expression, suggestion, cancellation), GetType().Name),
                    diagnostic);
            }
        }
    }

    /// <summary>What the editor offers.</summary>
    private protected abstract string Title(string suggestion);

    /// <summary>The expression to write: the suggestion as it stands, unless a fix must say it otherwise in its place.</summary>
    private protected virtual ExpressionSyntax Replacement(ExpressionSyntax written, string suggestion, SemanticModel model, CancellationToken cancellation) =>
        SyntaxFactory.ParseExpression(suggestion).WithTriviaFrom(written);

    private async Task<Document> Fix(Document document, ExpressionSyntax written, string suggestion, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return document.WithSyntaxRoot(root!.ReplaceNode(written, Replacement(written, suggestion, model!, cancellation)));
    }
}
