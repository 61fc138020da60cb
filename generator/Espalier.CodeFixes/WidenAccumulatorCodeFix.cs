using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Keeps sums in the precision that the layer's kernels add in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WidenAccumulatorCodeFix))]
[Shared]
public sealed class WidenAccumulatorCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PrecisionRules.AccumulatorTooNarrowId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(CheckAnalyzer.Suggestion, out var precision)
                && precision is not null
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Keep sums in {precision}", cancellation => Fix(context.Document, argument.Expression, precision, cancellation), nameof(WidenAccumulatorCodeFix)),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> Fix(Document document, ExpressionSyntax written, string precision, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return document.WithSyntaxRoot(root!.ReplaceNode(written, EnumMember.InPlaceOf(written, "Precision", precision, model!, cancellation)));
    }
}
