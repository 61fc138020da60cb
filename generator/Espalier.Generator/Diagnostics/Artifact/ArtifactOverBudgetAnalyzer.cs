using System.Globalization;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0714: a blob is no larger than its project allows.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ArtifactOverBudgetAnalyzer() : ArtifactAnalyzer(ArtifactRules.ArtifactOverBudget)
{
    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project)
    {
        if (project.Size.Text.Length == 0)
        {
            return null;
        }

        if (project.Size.Bytes is not { } budget)
        {
            return Fault.In(
                annotated.Sequentials[0],
                $"'{project.Size.Text}' in {ArtifactBudget.PropertyName} is no number of bytes, so that the artifact of model '{model.Type.FullName}' is not held against it; write a whole number above 0");
        }

        return verdict.AnnotationsFit && manifest!.Bytes > budget
            ? Fault.In(
                annotated.Sequentials[0],
                $"The artifact of model '{model.Type.FullName}' has {Number(manifest.Bytes)} bytes and {ArtifactBudget.PropertyName} allows {Number(budget)}, {Number(manifest.Bytes - budget)} fewer; prune more, share fewer values or raise the budget")
            : null;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
