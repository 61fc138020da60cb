using System.IO;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Generator.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0707: a manifest belongs to a model.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ManifestWithoutModelAnalyzer() : ManifestFileAnalyzer(ArtifactRules.ManifestWithoutModel)
{
    protected override object[]? Find(Manifest manifest, Compilation compilation) =>
        manifest.Problem is null && !IsModel(compilation.Assembly.GetTypeByMetadataName(manifest.Model))
            ? [Path.GetFileName(manifest.File), manifest.Model]
            : null;

    private static bool IsModel(INamedTypeSymbol? type) => type?.GetAttributes().Any(attribute => attribute.Is(AttributeNames.Sequential)) == true;
}
