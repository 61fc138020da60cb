using System.IO;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0707: a manifest belongs to a model.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ManifestWithoutModelAnalyzer() : ManifestFileAnalyzer(ArtifactRules.ManifestWithoutModel)
{
    protected override object[]? Find(Manifest manifest, EquatableArray<Manifest> all, Compilation compilation) =>
        manifest.Problem is null && !HasModel(manifest, compilation)
            ? [Path.GetFileName(manifest.File), manifest.Model]
            : null;
}
