using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Replaces a number that is out of range by the one that the rule suggests: a share for a percentage, the nearest count that fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceNumberCodeFix))]
[Shared]
public sealed class ReplaceNumberCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        PruningRules.SparsityOutOfRangeId, PruningRules.SparsityGroupsDoNotFitId, CodebookRules.ClusterCountOutOfRangeId, PrecisionRules.MoreClustersThanGridValuesId,
        ArtifactRules.AccuracyFloorOutOfRangeId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(CheckAnalyzer.Suggestion, out var number)
                && number is not null
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Replace by {number}", cancellation => Fix(context.Document, argument, number, cancellation), nameof(ReplaceNumberCodeFix)),
                    diagnostic);
            }
        }
    }

    internal static async Task<Document> Fix(Document document, AttributeArgumentSyntax argument, string number, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var expression = SyntaxFactory.ParseExpression(number).WithTriviaFrom(argument.Expression);
        return document.WithSyntaxRoot(root!.ReplaceNode(argument, argument.WithExpression(expression)));
    }
}
