using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>What build properties demand of the artifacts of all models of a project.</summary>
/// <param name="Accuracy">The least accuracy of models that name none.</param>
/// <param name="Size">The most bytes of a blob.</param>
internal sealed record ProjectDemands(ProjectFloor Accuracy, ArtifactBudget Size)
{
    public static ProjectDemands Of(AnalyzerOptions options) => new(ProjectFloor.Of(options), ArtifactBudget.Of(options));
}
