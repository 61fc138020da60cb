using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>
/// Repairs CS0229, "ambiguity between 'Precision.Int16' and 'short'": moves <c>using static Espalier.Precision</c> inside the namespace, where
/// it comes before the types of <c>System</c>, or writes <c>Precision.</c> before the name.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AmbiguousPrecisionCodeFix))]
[Shared]
public sealed class AmbiguousPrecisionCodeFix : CodeFixProvider
{
    /// <summary>The key of the action that moves the directive.</summary>
    public const string Move = nameof(AmbiguousPrecisionCodeFix) + "." + nameof(Move);

    /// <summary>The key of the action that writes names in full.</summary>
    public const string Qualify = nameof(AmbiguousPrecisionCodeFix) + "." + nameof(Qualify);

    private const string Ambiguous = "CS0229";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Ambiguous);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new WholeDocument();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || await GeneratedDocuments.Contains(document, cancellation).ConfigureAwait(false))
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            // Other ambiguities have the same id.
            var name = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<IdentifierNameSyntax>();
            if (name is null || !PrecisionNames.Bare(name, model, cancellation).Any())
            {
                continue;
            }

            if (PrecisionImport.CanStandIn(UsingDirectives.ScopeOf(name), model, cancellation))
            {
                context.RegisterCodeFix(
                    CodeAction.Create("Move 'using static Espalier.Precision' inside the namespace", token => PrecisionImport.MoveInside(document, token), Move),
                    diagnostic);
            }

            context.RegisterCodeFix(
                CodeAction.Create($"Write 'Precision.{name.Identifier.ValueText}'", token => QualifyAll(document, ImmutableArray.Create(diagnostic), token), Qualify),
                diagnostic);
        }
    }

    private static async Task<Document> QualifyAll(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var edits = new TextEdits();
        foreach (var name in diagnostics
            .Select(diagnostic => root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<IdentifierNameSyntax>())
            .Where(name => name is not null && PrecisionNames.Bare(name, model!, cancellation).Any()))
        {
            edits.Insert(document, name!.SpanStart, PrecisionNames.Prefix(name, model!));
        }

        return (await edits.Apply(document.Project.Solution, cancellation).ConfigureAwait(false)).GetDocument(document.Id)!;
    }

    /// <summary>A directive moves for all names of a file at once.</summary>
    private sealed class WholeDocument : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics) =>
            diagnostics.IsEmpty || await GeneratedDocuments.Contains(document, fixAllContext.CancellationToken).ConfigureAwait(false) ? document
            : fixAllContext.CodeActionEquivalenceKey == Move ? await PrecisionImport.MoveInside(document, fixAllContext.CancellationToken).ConfigureAwait(false)
            : await QualifyAll(document, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);
    }
}
