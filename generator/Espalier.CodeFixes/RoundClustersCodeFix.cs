using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Rounds a count of clusters to one that uses all bits of its index, or that the layer has weights enough for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RoundClustersCodeFix))]
[Shared]
public sealed class RoundClustersCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CodebookRules.WastedIndexBitId, CodebookRules.CodebookWithoutGainId);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(CheckAnalyzer.Suggestion, out var clusters)
                && clusters is not null
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Take {clusters} clusters", cancellation => ReplaceNumberCodeFix.Fix(context.Document, argument, clusters, cancellation), nameof(RoundClustersCodeFix)),
                    diagnostic);
            }
        }
    }
}
