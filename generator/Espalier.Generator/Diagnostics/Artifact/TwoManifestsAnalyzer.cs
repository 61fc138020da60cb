using System.Linq;
using Espalier.Generator.Manifests;
using Espalier.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>ESP0709: a model has one manifest. Shown in every one but the first, which is the one that the model takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TwoManifestsAnalyzer() : ManifestFileAnalyzer(ArtifactRules.TwoManifests)
{
    protected override object[]? Find(Manifest manifest, EquatableArray<Manifest> all, Compilation compilation)
    {
        if (manifest.Problem is not null || !HasModel(manifest, compilation))
        {
            return null;
        }

        var first = all.First(other => other.Problem is null && other.Model == manifest.Model);
        return first.File == manifest.File ? null : [manifest.Model, WithoutCommonFolder(first.File, manifest.File), WithoutCommonFolder(manifest.File, first.File)];
    }

    // Mostly the two have one name and lie in different folders: what tells them apart is said, and nothing of the machine.
    private static string WithoutCommonFolder(string file, string other)
    {
        var same = file.Zip(other, (a, b) => a == b).TakeWhile(equal => equal).Count();
        return file.Substring(file.Substring(0, same).LastIndexOfAny(['/', '\\']) + 1);
    }
}
