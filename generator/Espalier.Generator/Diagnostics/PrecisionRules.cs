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

    public const string AccumulatorTooNarrowId = "ESP0305";

    public static readonly DiagnosticDescriptor AccumulatorTooNarrow = new(
        AccumulatorTooNarrowId,
        "Sums have a precision that holds their products",
        "Layer '{0}' keeps sums in {1}, but {2}; take {3}",
        Categories.Precision,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + AccumulatorTooNarrowId + HelpPages.Suffix);

    public const string UpdatesBelowHalfAStepId = "ESP0306";

    public static readonly DiagnosticDescriptor UpdatesBelowHalfAStep = new(
        UpdatesBelowHalfAStepId,
        "Updates reach half a step of the weight grid",
        "In model '{0}' layer {1} rounds updates of about {2} ({3}) to nearest, and its {4} weights lie {5} apart: below half of that, {6}, updates are lost (ΔW = 0); take Rounding = Stochastic, a larger learning rate or master weights",
        Categories.Precision,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + UpdatesBelowHalfAStepId + HelpPages.Suffix);

    public const string HalfGradientsWithoutScalingId = "ESP0307";

    public static readonly DiagnosticDescriptor HalfGradientsWithoutScaling = new(
        HalfGradientsWithoutScalingId,
        "Gradients in fp16 come with loss scaling",
        "Model '{0}' trains layer {1} with {2} and without loss scaling: what is below 3e-08 becomes 0 and what is below 6.1e-05 loses bits; add DynamicLossScaling = true to [Train]",
        Categories.Precision,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + HalfGradientsWithoutScalingId + HelpPages.Suffix);

    public const string ScaledLossOutOfRangeId = "ESP0308";

    public static readonly DiagnosticDescriptor ScaledLossOutOfRange = new(
        ScaledLossOutOfRangeId,
        "The scaled loss stays in the range of fp16",
        "Model '{0}' scales the loss by {1} over batches of {2}: its gradients reach {3}, and layer {4} has {5}, which holds 6.1e-05 to 65504; take a factor from {6} to {7}, or DynamicLossScaling = true",
        Categories.Precision,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ScaledLossOutOfRangeId + HelpPages.Suffix);

    public const string NarrowNormalisedSumsId = "ESP0309";

    public static readonly DiagnosticDescriptor NarrowNormalisedSums = new(
        NarrowNormalisedSumsId,
        "Batch normalisation gets its sums in full precision",
        "Layer '{0}' rounds sums to {1} before batch normalisation, which stays in fp32 whatever surrounds it and divides by a small deviation what is left of them; leave Accumulators out",
        Categories.Precision,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + NarrowNormalisedSumsId + HelpPages.Suffix);

    public const string ArgumentWithoutEffectId = "ESP0310";

    public static readonly DiagnosticDescriptor ArgumentWithoutEffect = new(
        ArgumentWithoutEffectId,
        "Arguments on precisions have an effect",
        "Layer '{0}' sets {1} without effect: {2}",
        Categories.Precision,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ArgumentWithoutEffectId + HelpPages.Suffix);

    public const string OutputsContradictInputsId = "ESP0311";

    public static readonly DiagnosticDescriptor OutputsContradictInputs = new(
        OutputsContradictInputsId,
        "Outputs are what the next layer takes",
        "In model '{0}' layer {1} sets {2} outputs and layer {3} takes {4} inputs, and what the next layer takes decides; leave Outputs out or make it {4}",
        Categories.Precision,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + OutputsContradictInputsId + HelpPages.Suffix);

    public const string RoleFormatUnknownId = "ESP0312";

    public static readonly DiagnosticDescriptor RoleFormatUnknown = new(
        RoleFormatUnknownId,
        "Every role has a precision that it can take",
        "Layer '{0}' has {1} = {2}, which there is no way to round to; take {3}",
        Categories.Precision,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + RoleFormatUnknownId + HelpPages.Suffix);
}
