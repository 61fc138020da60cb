using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Espalier.CodeFixes;

/// <summary>Keeps sums in the precision that the layer's kernels add in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WidenAccumulatorCodeFix))]
[Shared]
public sealed class WidenAccumulatorCodeFix : SuggestedArgumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PrecisionRules.AccumulatorTooNarrowId);

    private protected override string Title(string suggestion) => $"Keep sums in {suggestion}";

    private protected override ExpressionSyntax Replacement(ExpressionSyntax written, string suggestion, SemanticModel model, CancellationToken cancellation) =>
        EnumMember.InPlaceOf(written, "Precision", suggestion, model, cancellation);
}
