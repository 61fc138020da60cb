using System.IO;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0701: the artifact matches the annotations. Shown at the layer that changed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ManifestDiffersAnalyzer() : ArtifactAnalyzer(ArtifactRules.ManifestDiffers)
{
    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project)
    {
        if (verdict.State != ArtifactState.Differs)
        {
            return null;
        }

        var values = new object[] { Path.GetFileName(manifest!.File), verdict.Path, verdict.Annotated, verdict.Recorded };
        return verdict.Place >= 0
            ? Fault.InArgument(annotated.Sequentials[0], verdict.Place, "", values)
            : Fault.In(annotated.Sequentials[0], values);
    }
}
