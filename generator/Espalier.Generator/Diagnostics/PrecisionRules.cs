using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on number formats.</summary>
internal static class PrecisionRules
{
    public const string WeightFormatWithoutKernelId = "ESP0301";

    public static readonly DiagnosticDescriptor WeightFormatWithoutKernel = new(
        WeightFormatWithoutKernelId,
        "Weights have a precision that a kernel takes",
        "Layer '{0}' has {1} weights, for which there is no kernel; take Int8, Int4, Ternary, Binary, Int16, Fp16, Bf16 or Fp32",
        Categories.Precision,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + WeightFormatWithoutKernelId + HelpPages.Suffix);

    public const string InputFormatWithoutKernelId = "ESP0302";

    public static readonly DiagnosticDescriptor InputFormatWithoutKernel = new(
        InputFormatWithoutKernelId,
        "Inputs have a precision that a kernel takes",
        "Layer '{0}' has {1} inputs, for which there is no kernel with {2} weights; take {3}",
        Categories.Precision,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + InputFormatWithoutKernelId + HelpPages.Suffix);

    public const string AccumulatorCanOverflowId = "ESP0303";

    public static readonly DiagnosticDescriptor AccumulatorCanOverflow = new(
        AccumulatorCanOverflowId,
        "Sums fit 32 bits",
        "Layer '{0}' adds {1} products in 32 bits; with {3} weights and {4} inputs {2} are always safe",
        Categories.Precision,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + AccumulatorCanOverflowId + HelpPages.Suffix);

    public const string MoreClustersThanGridValuesId = "ESP0304";

    public static readonly DiagnosticDescriptor MoreClustersThanGridValues = new(
        MoreClustersThanGridValuesId,
        "A codebook fits the weight grid",
        "Layer '{0}' has {1} clusters on the {2} grid, which has {3} values ({4} to {5})",
        Categories.Precision,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + MoreClustersThanGridValuesId + HelpPages.Suffix);
}
