using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>
/// Mends an argument of a layer's <c>[Quantize]</c> where a model's list shows that it does not fit. The layer may stand in another document; where it comes from
/// another assembly there is nothing to mend here.
/// </summary>
public abstract class ListedLayerCodeFix : CodeFixProvider
{
    /// <summary>The argument's name.</summary>
    private protected abstract string Argument { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).DescendantNodesAndSelf().OfType<TypeOfExpressionSyntax>().FirstOrDefault() is { } listed
                && model!.GetTypeInfo(listed.Type, context.CancellationToken).Type is { } layer
                && Find(layer, context.CancellationToken) is { } argument
                && context.Document.Project.Solution.GetDocument(argument.SyntaxTree) is { } document)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title(layer.Name), cancellation => Fix(document, argument, cancellation), GetType().Name),
                    diagnostic);
            }
        }
    }

    /// <summary>What the editor offers.</summary>
    private protected abstract string Title(string layer);

    /// <summary>The layer's document without the argument or with a better one.</summary>
    private protected abstract SyntaxNode Mend(SyntaxNode root, AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellation);

    private async Task<Solution> Fix(Document document, AttributeArgumentSyntax argument, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return document.WithSyntaxRoot(Mend(root!, argument, model!, cancellation)).Project.Solution;
    }

    private AttributeArgumentSyntax? Find(ITypeSymbol layer, CancellationToken cancellation) =>
        layer.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.Name == "QuantizeAttribute")
            .Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax(cancellation))
            .OfType<AttributeSyntax>()
            .SelectMany(attribute => attribute.ArgumentList is { } list ? list.Arguments.ToArray() : [])
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == Argument);
}
