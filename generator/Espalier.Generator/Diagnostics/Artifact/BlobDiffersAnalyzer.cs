using System.IO;
using Espalier.Generator.Annotations;
using Espalier.Generator.Annotations.Checks;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0703: the blob is the one that the manifest describes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class BlobDiffersAnalyzer() : ArtifactAnalyzer(ArtifactRules.BlobDiffers)
{
    /// <summary>Digits of a hash that tell two files apart at a glance.</summary>
    private const int Digits = 12;

    protected override Fault? Find(AnnotatedClass annotated, ModelAnnotation model, Manifest? manifest, ArtifactVerdict verdict, ProjectDemands project) =>
        verdict.State == ArtifactState.BlobDiffers
            ? Fault.In(annotated.Sequentials[0], model.Type.FullName, Path.GetFileName(manifest!.File), Shorten(manifest.BlobHash!), Shorten(manifest.Sha256))
            : null;

    private static string Shorten(string hash) => hash.Length <= Digits ? hash : hash.Substring(0, Digits).ToUpperInvariant() + "…";
}
