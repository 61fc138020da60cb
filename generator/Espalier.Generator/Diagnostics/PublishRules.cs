using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on what a project is published as.</summary>
internal static class PublishRules
{
    // They need every model of the project and of its references, so they run when the whole compilation has been seen: in builds, and
    // in editors that analyse whole projects.
    private static readonly string[] s_tags = [WellKnownDiagnosticTags.CompilationEnd];

    public const string AotWithoutLevelId = "ESP0801";

    public static readonly DiagnosticDescriptor AotWithoutLevel = new(
        AotWithoutLevelId,
        "A NativeAOT program names its instruction sets",
        "PublishAot {0} compiles the kernels of tier {1} alone: about {2} cycles for {3}, where the tier {4} takes {5} ({6}x fewer). Add {7} to the project; such a program asks for a processor with AVX2.",
        Categories.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + AotWithoutLevelId + HelpPages.Suffix,
        customTags: s_tags);

    public const string UnusableLevelId = "ESP0802";

    public static readonly DiagnosticDescriptor UnusableLevel = new(
        UnusableLevelId,
        "A NativeAOT program's instruction sets are of use to its kernels",
        "IlcInstructionSet is '{0}': {1}",
        Categories.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + UnusableLevelId + HelpPages.Suffix,
        customTags: s_tags);
}
