using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Espalier.CodeFixes;

/// <summary>Lets the factor on the loss follow the gradients, instead of none or one that leaves the range of fp16.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ScaleLossCodeFix))]
[Shared]
public sealed class ScaleLossCodeFix : CodeFixProvider
{
    private const string Fixed = "LossScaling";
    private const string Dynamic = "DynamicLossScaling";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(PrecisionRules.HalfGradientsWithoutScalingId, PrecisionRules.ScaledLossOutOfRangeId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
            {
                context.RegisterCodeFix(
                    CodeAction.Create("Scale the loss dynamically", cancellation => Fix(context.Document, attribute, cancellation), nameof(ScaleLossCodeFix)),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> Fix(Document document, AttributeSyntax shown, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (shown.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration || model!.GetDeclaredSymbol(declaration, cancellation) is not { } symbol)
        {
            return document;
        }

        // The model may be written in parts, and [Train] may stand in another of them.
        var train = symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == "TrainAttribute");
        if (train is null)
        {
            var added = SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::Espalier.Train").WithAdditionalAnnotations(Simplifier.Annotation))
                .WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(Argument())));
            var list = shown.FirstAncestorOrSelf<AttributeListSyntax>()!;
            return document.WithSyntaxRoot(root!.ReplaceNode(list, list.WithAttributes(With(list.Attributes, added))));
        }

        return train.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax written && document.Project.GetDocument(written.SyntaxTree) is { } other
            ? other.WithSyntaxRoot((await other.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!.ReplaceNode(written, Dynamically(written)))
            : document;
    }

    /// <summary>With the dynamic factor in place of a fixed one, which would be where it starts from.</summary>
    private static AttributeSyntax Dynamically(AttributeSyntax train)
    {
        var arguments = train.ArgumentList?.Arguments ?? default;
        foreach (var unwanted in arguments.Where(argument => argument.NameEquals?.Name.Identifier.ValueText is Fixed or Dynamic).ToArray())
        {
            arguments = arguments.Remove(arguments.First(argument => argument.NameEquals?.Name.Identifier.ValueText == unwanted.NameEquals!.Name.Identifier.ValueText));
        }

        return train.WithArgumentList((train.ArgumentList ?? SyntaxFactory.AttributeArgumentList()).WithArguments(With(arguments, Argument())));
    }

    private static AttributeArgumentSyntax Argument() =>
        (AttributeArgumentSyntax)SyntaxFactory.ParseAttributeArgumentList($"({Dynamic} = true)")!.Arguments[0];

    /// <summary>One more at the end, with a space after the comma.</summary>
    private static SeparatedSyntaxList<TNode> With<TNode>(SeparatedSyntaxList<TNode> list, TNode last)
        where TNode : SyntaxNode =>
        list.Count == 0 ? list.Add(last) : SyntaxFactory.SeparatedList<TNode>(
            list.GetWithSeparators().Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)).Add(last));
}
