using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Rounds a layer's updates by chance, so that those below half a step count on average.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RoundStochasticallyCodeFix))]
[Shared]
public sealed class RoundStochasticallyCodeFix : ListedLayerCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PrecisionRules.UpdatesBelowHalfAStepId);

    private protected override string Argument => "Rounding";

    private protected override string Title(string layer) => $"Round the updates of {layer} stochastically";

    private protected override SyntaxNode Mend(SyntaxNode root, AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellation) =>
        root.ReplaceNode(argument.Expression, EnumMember.InPlaceOf(argument.Expression, "Rounding", "Stochastic", model, cancellation));
}
