using System.Collections.Immutable;
using System.Composition;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.CodeFixes;

/// <summary>Rounds a count of clusters to one that uses all bits of its index, or that the layer has weights enough for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RoundClustersCodeFix))]
[Shared]
public sealed class RoundClustersCodeFix : SuggestedArgumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CodebookRules.WastedIndexBitId, CodebookRules.CodebookWithoutGainId);

    private protected override string Title(string suggestion) => $"Take {suggestion} clusters";
}
