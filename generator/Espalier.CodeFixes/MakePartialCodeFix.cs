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
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Makes an annotated class and every type around it partial, in every file that has a part of them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix))]
[Shared]
public sealed class MakePartialCodeFix : CodeFixProvider
{
    private const string Title = "Make partial";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(UsageRules.ClassNotPartialId, UsageRules.EnclosingTypeNotPartialId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new SolutionFixAll(Fix);

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (solution, diagnostics) = (context.Document.Project.Solution, context.Diagnostics);
        context.RegisterCodeFix(CodeAction.Create(Title, cancellation => Fix(solution, diagnostics, cancellation), nameof(MakePartialCodeFix)), diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Solution> Fix(Solution solution, IReadOnlyCollection<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var edits = new TextEdits();
        foreach (var diagnostic in diagnostics)
        {
            if (solution.GetDocument(diagnostic.Location.SourceTree) is not { } document)
            {
                continue;
            }

            var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration)
            {
                for (var type = model?.GetDeclaredSymbol(declaration, cancellation); type is not null; type = type.ContainingType)
                {
                    Open(edits, solution, type, cancellation);
                }
            }
        }

        return await edits.Apply(solution, cancellation).ConfigureAwait(false);
    }

    /// <summary>C# wants <c>partial</c> right before the keyword. The diagnostic may stand on a part that has it: another one lacks it.</summary>
    private static void Open(TextEdits edits, Solution solution, INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var part in type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>())
        {
            if (!part.Modifiers.Any(SyntaxKind.PartialKeyword) && solution.GetDocument(part.SyntaxTree) is { } document and not SourceGeneratedDocument)
            {
                edits.Insert(document, part.Keyword.SpanStart, "partial ");
            }
        }
    }
}
