using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on <c>[Prune]</c>.</summary>
internal static class PruningRules
{
    public const string SparsityOutOfRangeId = "ESP0401";

    public static readonly DiagnosticDescriptor SparsityOutOfRange = new(
        SparsityOutOfRangeId,
        "Sparsity lies in [0, 1)",
        "Layer '{0}' has sparsity {1}; the share of weights to remove is at least 0 and less than 1",
        Categories.Pruning,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + SparsityOutOfRangeId + HelpPages.Suffix);

    public const string SparsityBelowBreakEvenId = "ESP0402";

    public static readonly DiagnosticDescriptor SparsityBelowBreakEven = new(
        SparsityBelowBreakEvenId,
        "A pruned layer is sparse enough for a sparse kernel",
        "Layer '{0}' with sparsity {1} runs a dense kernel on {2}, where a sparse one is faster {3}; what ships is smaller all the same",
        Categories.Pruning,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + SparsityBelowBreakEvenId + HelpPages.Suffix);

    public const string SparsityGroupsDoNotFitId = "ESP0403";

    public static readonly DiagnosticDescriptor SparsityGroupsDoNotFit = new(
        SparsityGroupsDoNotFitId,
        "Groups of N:M sparsity fit the layer",
        "Layer '{0}' cannot be pruned in groups of {1}: {2}",
        Categories.Pruning,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + SparsityGroupsDoNotFitId + HelpPages.Suffix);
}
