using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Leaves the precision of a layer's outputs to the layer after it, which decides anyway.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveOutputsCodeFix))]
[Shared]
public sealed class RemoveOutputsCodeFix : ListedLayerCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PrecisionRules.OutputsContradictInputsId);

    private protected override string Argument => "Outputs";

    private protected override string Title(string layer) => $"Remove Outputs from {layer}";

    private protected override SyntaxNode Mend(SyntaxNode root, AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellation) =>
        root.RemoveNode(argument, SyntaxRemoveOptions.KeepUnbalancedDirectives)!;
}
