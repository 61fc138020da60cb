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

    public const string WastedIndexBitId = "ESP0502";

    public static readonly DiagnosticDescriptor WastedIndexBit = new(
        WastedIndexBitId,
        "A codebook uses all bits of its index",
        "Layer '{0}' has {1} clusters, whose index takes {2} bits, {3}; {4}",
        Categories.Codebook,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + WastedIndexBitId + HelpPages.Suffix);

    public const string CodebookWithoutGainId = "ESP0503";

    public static readonly DiagnosticDescriptor CodebookWithoutGain = new(
        CodebookWithoutGainId,
        "A codebook is smaller than what it replaces",
        "The codebook of layer '{0}' takes {4} bytes, {1} centroids of {6} bits and {2} indices of {5}, in place of weights of {3}; {7}",
        Categories.Codebook,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + CodebookWithoutGainId + HelpPages.Suffix);
}
