using System.Threading;
using System.Threading.Tasks;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>A layer class as it is written: the part that carries the layer attribute.</summary>
/// <param name="Annotated">Its attributes.</param>
/// <param name="Attribute">The layer attribute.</param>
/// <param name="Declaration">The part of the class that it stands on.</param>
internal sealed record AnnotatedLayer(AnnotatedClass Annotated, AttributeSyntax Attribute, ClassDeclarationSyntax Declaration)
{
    /// <summary>The layer that the caret is on: in its attributes or its head, not in its members.</summary>
    public static async Task<AnnotatedLayer?> At(CodeRefactoringContext context)
    {
        var cancellation = context.CancellationToken;
        if (await GeneratedDocuments.Contains(context.Document, cancellation).ConfigureAwait(false))
        {
            return null;
        }

        var root = await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var declaration = root?.FindNode(context.Span).FirstAncestorOrSelf<ClassDeclarationSyntax>();
        if (declaration is null || context.Span.End > HeadEnd(declaration))
        {
            return null;
        }

        var model = await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model?.GetDeclaredSymbol(declaration, cancellation) is { } symbol ? Of(symbol, cancellation) : null;
    }

    /// <summary>The class as a layer whose attributes bind, or null.</summary>
    public static AnnotatedLayer? Of(INamedTypeSymbol symbol, CancellationToken cancellation)
    {
        if (symbol.GetAttributes().IsEmpty)
        {
            return null;
        }

        var annotated = AnnotatedClass.Of(symbol);
        return annotated is { IsModel: false, Definition: { Inputs: > 0, Outputs: > 0 } }
            && annotated.Layers[0].Attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { Parent.Parent: ClassDeclarationSyntax declaration } attribute
            ? new AnnotatedLayer(annotated, attribute, declaration)
            : null;
    }

    private static int HeadEnd(ClassDeclarationSyntax declaration) =>
        declaration.OpenBraceToken.RawKind != 0 ? declaration.OpenBraceToken.SpanStart : declaration.Span.End;
}
