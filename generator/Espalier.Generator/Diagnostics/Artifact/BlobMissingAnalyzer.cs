using System.IO;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0702: the blob lies beside its manifest.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BlobMissingAnalyzer() : ArtifactAnalyzer(ArtifactRules.BlobMissing)
{
    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project) =>
        verdict.State == ArtifactState.BlobMissing
            ? Fault.In(annotated.Sequentials[0], model.Type.FullName, Path.GetFileName(manifest!.File), Path.ChangeExtension(Path.GetFileName(manifest.File), ".bin"))
            : null;
}
