using System.IO;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0705: a manifest has a known format.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ManifestFormatUnknownAnalyzer() : ManifestFileAnalyzer(ArtifactRules.ManifestFormatUnknown)
{
    protected override object[]? Find(Manifest manifest, EquatableArray<Manifest> all, Compilation compilation) =>
        manifest.Problem is null && manifest.Format != ManifestReader.Format ? [Path.GetFileName(manifest.File), manifest.Format, ManifestReader.Format] : null;
}
