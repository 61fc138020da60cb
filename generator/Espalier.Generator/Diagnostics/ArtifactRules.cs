using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on manifests and blobs.</summary>
internal static partial class ArtifactRules
{
    public const string ManifestDiffersId = "ESP0701";

    public static readonly DiagnosticDescriptor ManifestDiffers = new(
        ManifestDiffersId,
        "The artifact matches the annotations",
        "{0} was saved with {3} at {1} and the annotations say {2}; the model runs without weights until it is trained and saved again",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ManifestDiffersId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);

    public const string BlobMissingId = "ESP0702";

    public static readonly DiagnosticDescriptor BlobMissing = new(
        BlobMissingId,
        "The blob lies beside its manifest",
        "There is no blob beside {1}, so that model '{0}' has no weights; save the artifact again or restore the file {2}",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + BlobMissingId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);

    public const string BlobDiffersId = "ESP0703";

    public static readonly DiagnosticDescriptor BlobDiffers = new(
        BlobDiffersId,
        "The blob is the one that the manifest describes",
        "The blob of model '{0}' has the hash {2} and {1} describes {3}; the two files belong together, so save the artifact again or restore both",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + BlobDiffersId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);

    public const string ManifestUnreadableId = "ESP0704";

    public static readonly DiagnosticDescriptor ManifestUnreadable = new(
        ManifestUnreadableId,
        "A manifest can be read",
        "{0} cannot be read as a manifest: {1}",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ManifestUnreadableId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);

    public const string ManifestFormatUnknownId = "ESP0705";

    public static readonly DiagnosticDescriptor ManifestFormatUnknown = new(
        ManifestFormatUnknownId,
        "A manifest has a known format",
        "{0} has format {1} and this version of Espalier reads format {2}; update the package or save the artifact with this version",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ManifestFormatUnknownId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);

    public const string AccuracyBelowFloorId = "ESP0706";

    public static readonly DiagnosticDescriptor AccuracyBelowFloor = new(
        AccuracyBelowFloorId,
        "The artifact is as accurate as the model demands",
        "Model '{0}' reached a validation accuracy of {1} and {2} demands {3}",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + AccuracyBelowFloorId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);

    public const string ManifestWithoutModelId = "ESP0707";

    public static readonly DiagnosticDescriptor ManifestWithoutModel = new(
        ManifestWithoutModelId,
        "A manifest belongs to a model",
        "{0} belongs to '{1}', which is no model of this project; delete it and its blob, or give the class its name back",
        Categories.Artifact,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ManifestWithoutModelId + HelpPages.Suffix);

    public const string ModelWithoutArtifactId = "ESP0708";

    public static readonly DiagnosticDescriptor ModelWithoutArtifact = new(
        ModelWithoutArtifactId,
        "A model has an artifact",
        "Model '{0}' has no artifact yet. Train the model, call Artifact.From(trained).Save() and build again.",
        Categories.Artifact,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ModelWithoutArtifactId + HelpPages.Suffix,
        customTags: RequiredArtifacts.TagsOfInformation);

    public const string TwoManifestsId = "ESP0709";

    public static readonly DiagnosticDescriptor TwoManifests = new(
        TwoManifestsId,
        "A model has one manifest",
        "Model '{0}' has the manifests {1} and {2}, of which the first counts; delete one of them with its blob",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + TwoManifestsId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);

    public const string AccuracyFloorOutOfRangeId = "ESP0710";

    public static readonly DiagnosticDescriptor AccuracyFloorOutOfRange = new(
        AccuracyFloorOutOfRangeId,
        "An accuracy floor is a share from 0 to 1",
        "The accuracy floor of model '{0}' is {1}, from {2}; it is a share of right answers from 0 to 1, and nothing is held against this one",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + AccuracyFloorOutOfRangeId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);
}
