using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on how attributes are put on classes.</summary>
internal static class UsageRules
{
    public const string ClassNotPartialId = "ESP0101";

    public static readonly DiagnosticDescriptor ClassNotPartial = new(
        ClassNotPartialId,
        "An annotated class is partial",
        "Class '{0}' must be partial: its other half is generated",
        Categories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ClassNotPartialId + HelpPages.Suffix);

    public const string EnclosingTypeNotPartialId = "ESP0102";

    public static readonly DiagnosticDescriptor EnclosingTypeNotPartial = new(
        EnclosingTypeNotPartialId,
        "Types around an annotated class are partial",
        "Type '{1}' must be partial because the other half of '{0}' is generated inside it",
        Categories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + EnclosingTypeNotPartialId + HelpPages.Suffix);

    public const string UnsupportedClassFormId = "ESP0103";

    public static readonly DiagnosticDescriptor UnsupportedClassForm = new(
        UnsupportedClassFormId,
        "A layer or model is an ordinary class",
        "'{0}' {1}; a layer or model is a class that is neither generic, static, abstract nor a record",
        Categories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + UnsupportedClassFormId + HelpPages.Suffix);

    public const string TwoRolesId = "ESP0104";

    public static readonly DiagnosticDescriptor TwoRoles = new(
        TwoRolesId,
        "A class is one layer or one model",
        "Class '{0}' has {1}; it can be one layer or one model",
        Categories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + TwoRolesId + HelpPages.Suffix);

    public const string TwoActivationsId = "ESP0105";

    public static readonly DiagnosticDescriptor TwoActivations = new(
        TwoActivationsId,
        "A layer has one activation",
        "Layer '{0}' has the activations {1} and {2}; it can have one",
        Categories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + TwoActivationsId + HelpPages.Suffix);

    public const string AttributeWithoutLayerId = "ESP0106";

    public static readonly DiagnosticDescriptor AttributeWithoutLayer = new(
        AttributeWithoutLayerId,
        "Compression and activation belong to a layer",
        "[{1}] has no effect on '{0}', which has no layer attribute such as [Dense(inputs, outputs)]",
        Categories.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + AttributeWithoutLayerId + HelpPages.Suffix);

    public const string ListedTypeIsNoLayerId = "ESP0110";

    public static readonly DiagnosticDescriptor ListedTypeIsNoLayer = new(
        ListedTypeIsNoLayerId,
        "A model lists layers",
        "'{1}' at position {2} of model '{0}' is no layer: it has no layer attribute such as [Dense(inputs, outputs)]",
        Categories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ListedTypeIsNoLayerId + HelpPages.Suffix);

    public const string ModelWithoutLayersId = "ESP0111";

    public static readonly DiagnosticDescriptor ModelWithoutLayers = new(
        ModelWithoutLayersId,
        "A model has layers",
        "Model '{0}' lists no layer",
        Categories.Usage,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ModelWithoutLayersId + HelpPages.Suffix);

    public const string LayerInNoModelId = "ESP0112";

    public static readonly DiagnosticDescriptor LayerInNoModel = new(
        LayerInNoModelId,
        "A layer is listed in a model",
        "Layer '{0}' is listed in no model of this project; list it in a model's [Sequential(typeof({0}))] or delete it",
        Categories.Usage,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + LayerInNoModelId + HelpPages.Suffix);
}
