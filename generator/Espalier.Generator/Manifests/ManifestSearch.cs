using System.IO;
using System.Linq;
using Espalier.Generator.Annotations;
using Espalier.Planning;

namespace Espalier.Generator.Manifests;

/// <summary>Finds the manifest of a model.</summary>
internal static class ManifestSearch
{
    public const string FileSuffix = ".espalier.json";

    /// <summary>The manifest that names the model; failing that, an unreadable file that is named like the model, so that its problem can be told.</summary>
    public static Manifest? For(TypeIdentity model, EquatableArray<Manifest> manifests) =>
        manifests.FirstOrDefault(manifest => manifest.Problem is null && manifest.Model == model.FullName)
        ?? manifests.FirstOrDefault(manifest => manifest.Problem is not null && Path.GetFileName(manifest.File) == model.Name + FileSuffix);
}
