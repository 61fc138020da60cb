using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on images, windows and how blocks are put together.</summary>
internal static class ImageRules
{
    public const string ChannelsDoNotFitId = "ESP0206";

    public static readonly DiagnosticDescriptor ChannelsDoNotFit = new(
        ChannelsDoNotFitId,
        "A convolution takes the channels that the layer before gives",
        "In '{0}' {1} gives {2} and layer {3} takes {4}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ChannelsDoNotFitId + HelpPages.Suffix);

    public const string WindowDoesNotFitId = "ESP0207";

    public static readonly DiagnosticDescriptor WindowDoesNotFit = new(
        WindowDoesNotFitId,
        "A window fits its image",
        "In '{0}' layer {1} moves a window of {2} over the {3} that {4} gives, {5} with padding: it fits nowhere",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + WindowDoesNotFitId + HelpPages.Suffix);

    public const string SumDoesNotFitId = "ESP0208";

    public static readonly DiagnosticDescriptor SumDoesNotFit = new(
        SumDoesNotFitId,
        "A residual block adds what has one shape",
        "In '{0}' {1} adds {2} of the body to {3}; make the two alike, for example with a Projection that takes what enters",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + SumDoesNotFitId + HelpPages.Suffix);

    public const string BranchesDoNotFitId = "ESP0209";

    public static readonly DiagnosticDescriptor BranchesDoNotFit = new(
        BranchesDoNotFitId,
        "Branches give images of one size",
        "In '{0}' {1} joins {2}; it takes two branches or more, of one height and width",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + BranchesDoNotFitId + HelpPages.Suffix);

    public const string RepeatDoesNotFitId = "ESP0210";

    public static readonly DiagnosticDescriptor RepeatDoesNotFit = new(
        RepeatDoesNotFitId,
        "A repeated block gives the shape that it takes",
        "In '{0}' block {1} takes {2} and gives {3}, so that it cannot follow itself {4} times; list the first block apart from the repeated ones",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + RepeatDoesNotFitId + HelpPages.Suffix);

    public const string CompositionCycleId = "ESP0211";

    public static readonly DiagnosticDescriptor CompositionCycle = new(
        CompositionCycleId,
        "No composition contains itself",
        "'{0}' cannot be flattened: {1} contains itself",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + CompositionCycleId + HelpPages.Suffix);

    public const string GroupsDoNotDivideId = "ESP0212";

    public static readonly DiagnosticDescriptor GroupsDoNotDivide = new(
        GroupsDoNotDivideId,
        "Groups divide both numbers of channels",
        "Layer '{0}' has {1} groups, which do not divide both {2} channels that enter and {3} that leave; {4} do",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + GroupsDoNotDivideId + HelpPages.Suffix);

    public const string PaddingOutOfRangeId = "ESP0213";

    public static readonly DiagnosticDescriptor PaddingOutOfRange = new(
        PaddingOutOfRangeId,
        "Padding is in range",
        "Layer '{0}' has {1}; it takes {2}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + PaddingOutOfRangeId + HelpPages.Suffix);

    public const string ImageMissingId = "ESP0214";

    public static readonly DiagnosticDescriptor ImageMissing = new(
        ImageMissingId,
        "An image enters a model of images",
        "'{0}' {1}",
        Categories.Shape,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ImageMissingId + HelpPages.Suffix);

    public const string TooManyLayersId = "ESP0215";

    public static readonly DiagnosticDescriptor TooManyLayers = new(
        TooManyLayersId,
        "A model has up to 4,096 layers",
        "'{0}' comes to more than {1} layers",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + TooManyLayersId + HelpPages.Suffix);

    public const string StepOutOfRangeId = "ESP0216";

    public static readonly DiagnosticDescriptor StepOutOfRange = new(
        StepOutOfRangeId,
        "Batch normalisation, dropout and response normalisation are in range",
        "Layer '{0}' has {1}; it takes {2}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + StepOutOfRangeId + HelpPages.Suffix);

    public const string DropoutWithoutLayerId = "ESP0217";

    public static readonly DiagnosticDescriptor DropoutWithoutLayer = new(
        DropoutWithoutLayerId,
        "Dropout follows a layer of its own",
        "In '{0}' the dropout of {1} would act on {2}; put it behind a layer",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + DropoutWithoutLayerId + HelpPages.Suffix);

    public const string BiasBesideBatchNormId = "ESP0218";

    public static readonly DiagnosticDescriptor BiasBesideBatchNorm = new(
        BiasBesideBatchNormId,
        "Batch normalisation makes a bias redundant",
        "Layer '{0}' asks for {1} biases, which batch normalisation subtracts again: it has a shift of its own; leave Bias out",
        Categories.Shape,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + BiasBesideBatchNormId + HelpPages.Suffix);

    public const string TensorTooLargeId = "ESP0219";

    public static readonly DiagnosticDescriptor TensorTooLarge = new(
        TensorTooLargeId,
        "What passes between two layers fits an array",
        "In '{0}' layer {1} has {2} numbers on one side; there can be {3}",
        Categories.Shape,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + TensorTooLargeId + HelpPages.Suffix);
}
