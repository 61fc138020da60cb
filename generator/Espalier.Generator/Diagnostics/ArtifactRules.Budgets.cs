using Microsoft.CodeAnalysis;

namespace Espalier.Generator.Diagnostics;

/// <summary>The rules on artifacts that fit and could be better: kernels, literals and bytes.</summary>
internal static partial class ArtifactRules
{
    public const string NewerPlannerId = "ESP0712";

    public static readonly DiagnosticDescriptor NewerPlanner = new(
        NewerPlannerId,
        "An artifact has the best kernels that the planner knows",
        "{0} was planned by planner {1} and this is planner {2}: {3} gets {4}, about {5} cycles, where {6} takes {7} ({8}x); {9}. The build runs the better kernels already; save the artifact again, so that it records them and the schedules that price them.",
        Categories.Artifact,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + NewerPlannerId + HelpPages.Suffix);

    public const string LiteralBudgetId = "ESP0713";

    public static readonly DiagnosticDescriptor LiteralBudget = new(
        LiteralBudgetId,
        "What the compiler reads of an artifact stays small",
        "{0}",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + LiteralBudgetId + HelpPages.Suffix);

    public const string ArtifactOverBudgetId = "ESP0714";

    public static readonly DiagnosticDescriptor ArtifactOverBudget = new(
        ArtifactOverBudgetId,
        "An artifact is no larger than its project allows",
        "{0}",
        Categories.Artifact,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPages.Folder + ArtifactOverBudgetId + HelpPages.Suffix,
        customTags: RequiredArtifacts.Tags);
}
