using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Removes an attribute that contradicts another one of its class, or that has no layer to act on.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeCodeFix))]
[Shared]
public sealed class RemoveAttributeCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(UsageRules.TwoRolesId, UsageRules.TwoActivationsId, UsageRules.AttributeWithoutLayerId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new WholeDocument();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is not null && Attribute(root, diagnostic) is { } attribute)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Remove [{attribute.Name}]", cancellation => Fix(context.Document, [diagnostic], cancellation), nameof(RemoveAttributeCodeFix)),
                    diagnostic);
            }
        }
    }

    private static AttributeSyntax? Attribute(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();

    private static async Task<Document> Fix(Document document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var attributes = diagnostics.Select(diagnostic => Attribute(root!, diagnostic)).OfType<AttributeSyntax>().Distinct().ToArray();
        return document.WithSyntaxRoot(AttributeRemoval.Remove(root!, attributes));
    }

    /// <summary>All attributes of a document in one step: several of them may stand in one list.</summary>
    private sealed class WholeDocument : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics) =>
            await Fix(document, diagnostics, context.CancellationToken).ConfigureAwait(false);
    }
}
