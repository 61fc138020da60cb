using System.Collections.Immutable;
using System.Composition;
using Espalier.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Espalier.CodeFixes;

/// <summary>Replaces a number that is out of range by the one that the rule suggests: a share for a percentage, the nearest count that fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceNumberCodeFix))]
[Shared]
public sealed class ReplaceNumberCodeFix : SuggestedArgumentCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        PruningRules.SparsityOutOfRangeId, PruningRules.SparsityGroupsDoNotFitId, CodebookRules.ClusterCountOutOfRangeId, PrecisionRules.MoreClustersThanGridValuesId,
        ArtifactRules.AccuracyFloorOutOfRangeId, ImageRules.GroupsDoNotDivideId, ImageRules.PaddingOutOfRangeId, ImageRules.StepOutOfRangeId);

    private protected override string Title(string suggestion) => $"Replace by {suggestion}";
}
