using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;

namespace Espalier.CodeFixes;

/// <summary>"Turn this chain of layers into a Sequential model": writes the model's class behind the last layer.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(SequentialRefactoring))]
[Shared]
public sealed class SequentialRefactoring : CodeRefactoringProvider
{
    private const int ShortestChain = 2;

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        // A chain is looked for where its layers are written.
        if (await AnnotatedLayer.At(context).ConfigureAwait(false) is not { } layer
            || context.Document.Project.Solution.GetDocument(layer.Declaration.SyntaxTree)?.Id != context.Document.Id
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
        {
            return;
        }

        var chain = LayerChain.Around(layer, model, context.CancellationToken);
        if (chain.Count >= ShortestChain)
        {
            var name = ModelName.Of(chain, model);
            context.RegisterRefactoring(
                CodeAction.Create(
                    $"Turn this chain of {chain.Count} layers into the Sequential model '{name}'",
                    cancellation => Write(context.Document, chain, name, cancellation),
                    nameof(SequentialRefactoring)));
        }
    }

    private static async Task<Solution> Write(Document document, IReadOnlyList<AnnotatedLayer> chain, string name, CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var last = chain[chain.Count - 1].Declaration;
        var names = new ImportedNames(model, last.SpanStart);
        var layers = string.Join(", ", chain.Select(layer => $"typeof({layer.Declaration.Identifier.Text})"));
        var sequential = $"[{names.Attribute("Sequential")}({layers})]";
        var declaration = $"{Accessibility(chain)}partial class {name};";
        var edits = new TextEdits();
        UsingDirectives.Add(edits, document, text, UsingDirectives.ScopeOf(last), names.Missing);

        var lineBreak = SourceLines.LineBreak(text);
        var line = lineBreak + SourceLines.Indentation(text, last.SpanStart);
        var end = SourceLines.EndsLine(last.GetLastToken()) ? text.Lines.GetLineFromPosition(last.Span.End).End : last.Span.End;
        edits.Insert(document, end, lineBreak + line + sequential + line + declaration);
        return await edits.Apply(document.Project.Solution, cancellation).ConfigureAwait(false);
    }

    /// <summary>As hidden as the most hidden of its layers, in that layer's own words.</summary>
    private static string Accessibility(IReadOnlyList<AnnotatedLayer> chain) => string.Concat(
        chain.OrderBy(layer => layer.Annotated.Symbol.DeclaredAccessibility).First().Declaration.Modifiers
            .Where(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword)
            .Select(modifier => modifier.Text + " "));
}
