using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on sizes and how layers follow each other.</summary>
internal static class ShapeRules
{
    public const string SizeBelowOneId = "ESP0201";

    public static readonly DiagnosticDescriptor SizeBelowOne = new(
        SizeBelowOneId,
        "Sizes are at least 1",
        "Layer '{0}' has {1} {2}; it needs at least 1",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + SizeBelowOneId + HelpPages.Suffix);

    public const string ChainDoesNotFitId = "ESP0202";

    public static readonly DiagnosticDescriptor ChainDoesNotFit = new(
        ChainDoesNotFitId,
        "A layer takes what the one before gives",
        "In model '{0}' {1} gives {2} numbers and layer {3} takes {4}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ChainDoesNotFitId + HelpPages.Suffix);

    public const string TooManyWeightsId = "ESP0203";

    public static readonly DiagnosticDescriptor TooManyWeights = new(
        TooManyWeightsId,
        "A layer's weights fit one array",
        "Layer '{0}' has {1} weights; a layer can have {2}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + TooManyWeightsId + HelpPages.Suffix);

    public const string SoftmaxBeforeTheEndId = "ESP0204";

    public static readonly DiagnosticDescriptor SoftmaxBeforeTheEnd = new(
        SoftmaxBeforeTheEndId,
        "Softmax ends a model",
        "In model '{0}' layer {1} has a softmax, which only the last layer (position {2}) can have",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + SoftmaxBeforeTheEndId + HelpPages.Suffix);

    public const string ActivationBoundsScoresId = "ESP0205";

    public static readonly DiagnosticDescriptor ActivationBoundsScores = new(
        ActivationBoundsScoresId,
        "A classifier ends in plain scores",
        "Model '{0}' ends with the {2} of layer {1}; training puts softmax and cross-entropy on it, and {3}; leave the activation out or take Softmax",
        Categories.Shape,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ActivationBoundsScoresId + HelpPages.Suffix);
}
