using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on <c>[Codebook]</c>.</summary>
internal static class CodebookRules
{
    public const string ClusterCountOutOfRangeId = "ESP0501";

    public static readonly DiagnosticDescriptor ClusterCountOutOfRange = new(
        ClusterCountOutOfRangeId,
        "A codebook has 2 to 256 clusters",
        "Layer '{0}' has {1} clusters; a codebook has 2 to 256, the reserved zero included",
        Categories.Codebook,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ClusterCountOutOfRangeId + HelpPages.Suffix);
}
