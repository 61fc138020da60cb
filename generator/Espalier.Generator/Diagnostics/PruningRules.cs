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
}
