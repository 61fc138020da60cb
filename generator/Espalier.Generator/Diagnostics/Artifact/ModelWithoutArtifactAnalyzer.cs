using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0708: a model has an artifact.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ModelWithoutArtifactAnalyzer() : ArtifactAnalyzer(ArtifactRules.ModelWithoutArtifact)
{
    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project) =>
        verdict.State == ArtifactState.None ? Fault.In(annotated.Sequentials[0], model.Type.FullName) : null;
}
