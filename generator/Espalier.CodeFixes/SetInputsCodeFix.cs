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

/// <summary>
/// Makes a layer take what the one before it gives. The layer may stand in another file than the model. A chain is fixed link by link: what a
/// layer gives does not change when what it takes does.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetInputsCodeFix))]
[Shared]
public sealed class SetInputsCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ShapeRules.ChainDoesNotFitId, ImageRules.ChannelsDoNotFitId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (model is not null
                && WantedInputs.Of(model, diagnostic.Location.SourceSpan, context.CancellationToken) is { } wanted
                && context.Document.Project.Solution.GetDocument(wanted.Argument.SyntaxTree) is { } document)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Set the {(wanted.AreChannels ? "input channels" : "inputs")} of {wanted.Layer} to {wanted.Inputs}",
                        cancellation => Fix(document, wanted, cancellation),
                        nameof(SetInputsCodeFix)),
                    diagnostic);
            }
        }
    }

    private static async Task<Solution> Fix(Document document, WantedInputs wanted, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var number = SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(wanted.Inputs)).WithTriviaFrom(wanted.Argument.Expression);
        return document.WithSyntaxRoot(root!.ReplaceNode(wanted.Argument, wanted.Argument.WithExpression(number))).Project.Solution;
    }
}
