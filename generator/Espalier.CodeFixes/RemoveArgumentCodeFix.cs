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

/// <summary>Takes out the argument that has no effect, or that robs another one of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveArgumentCodeFix))]
[Shared]
public sealed class RemoveArgumentCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        PrecisionRules.ArgumentWithoutEffectId, PrecisionRules.NarrowNormalisedSumsId, ImageRules.BiasBesideBatchNormId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new WholeDocument();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is not null && Find(root, diagnostic) is { } argument)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Remove {argument.NameEquals!.Name}", _ => Task.FromResult(Without(context.Document, root, new[] { argument })), nameof(RemoveArgumentCodeFix)),
                    diagnostic);
            }
        }
    }

    private static AttributeArgumentSyntax? Find(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(CheckAnalyzer.Suggestion, out var name)
            ? root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>()?.ArgumentList?.Arguments
                .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)
            : null;

    private static Document Without(Document document, SyntaxNode root, IEnumerable<SyntaxNode> arguments) =>
        document.WithSyntaxRoot(root.RemoveNodes(arguments, SyntaxRemoveOptions.KeepUnbalancedDirectives)!);

    /// <summary>All arguments of a document in one step: several may stand in one attribute and share its commas.</summary>
    private sealed class WholeDocument : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            return Without(document, root!, diagnostics.Select(diagnostic => Find(root!, diagnostic)).OfType<AttributeArgumentSyntax>().Distinct());
        }
    }
}
