using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Espalier.Generator.Annotations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>"Compress this layer": adds <c>[Quantize(Int8), Prune(…), Codebook(16)]</c>, or a part of them, to a layer that has none of them.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(CompressLayerRefactoring))]
[Shared]
public sealed class CompressLayerRefactoring : CodeRefactoringProvider
{
    private const string Title = "Compress this layer";

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await AnnotatedLayer.At(context).ConfigureAwait(false) is not { Annotated: { Quantize: null, Prune: null, Codebook: null } } layer
            || context.Document.Project.Solution.GetDocument(layer.Declaration.SyntaxTree) is not { } document
            || await GeneratedDocuments.Contains(document, context.CancellationToken).ConfigureAwait(false)
            || await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
        {
            return;
        }

        var listed = ListedLayers.Of(model.Compilation, context.CancellationToken);
        var isLast = CompressionChoice.IsLast(layer, listed);
        var actions = CompressionChoice.All(layer.Annotated.Definition!, isLast)
            .Select(choice => CodeAction.Create(choice.ToString(), cancellation => Add(document, layer, choice, cancellation), $"{nameof(CompressLayerRefactoring)}.{choice.Key}"))
            .ToImmutableArray();
        if (!actions.IsEmpty)
        {
            context.RegisterRefactoring(CodeAction.Create(Title, actions, isInlinable: false));
        }
    }

    private static async Task<Solution> Add(Document document, AnnotatedLayer layer, CompressionChoice choice, CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var names = new ImportedNames(model, layer.Attribute.SpanStart);
        var attributes = choice.Write(names);
        var edits = new TextEdits();
        UsingDirectives.Add(edits, document, text, UsingDirectives.ScopeOf(layer.Declaration), names.Missing);

        // Lists that have lines of their own get one more; in a list on the class's own line there is room.
        var list = layer.Declaration.AttributeLists.Last();
        if (SourceLines.EndsLine(list.GetLastToken()))
        {
            edits.Insert(document, list.FullSpan.End, $"{SourceLines.Indentation(text, list.SpanStart)}[{attributes}]{SourceLines.LineBreak(text)}");
        }
        else
        {
            edits.Insert(document, ((AttributeListSyntax)layer.Attribute.Parent!).Attributes.Last().Span.End, ", " + attributes);
        }

        return await edits.Apply(document.Project.Solution, cancellation).ConfigureAwait(false);
    }
}
