using System.IO;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0704: a manifest can be read.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ManifestUnreadableAnalyzer() : ManifestFileAnalyzer(ArtifactRules.ManifestUnreadable)
{
    protected override object[]? Find(Manifest manifest, EquatableArray<Manifest> all, Compilation compilation) =>
        manifest.Problem is null ? null : [Path.GetFileName(manifest.File), manifest.Problem];
}
