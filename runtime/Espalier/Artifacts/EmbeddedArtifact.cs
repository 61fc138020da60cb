using System;
using System.Reflection;

namespace Espalier;

/// <summary>Loads the blob that the build embedded beside a model; generated code calls this once per process.</summary>
public static class EmbeddedArtifact
{
    /// <param name="assembly">The model's assembly.</param>
    /// <param name="resourceName">The embedded resource.</param>
    /// <param name="sha256">The hash that the generator saw, in hexadecimal.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArtifactException">There is no such resource, or it is not the one that the kernels were generated for.</exception>
    public static ModelWeights Load(Assembly assembly, string resourceName, string sha256, ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(model);
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ArtifactException($"{assembly.GetName().Name} has no resource {resourceName}: the blob of {model.Name} was not there when it was built. Put it beside its manifest, or train again, and build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        if (!string.Equals(Convert.ToHexString(Sha256.HashData(bytes)), sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArtifactException($"The resource {resourceName} is not the blob that the manifest of {model.Name} names: their hashes differ. Restore the pair that was saved together, or train again, and build.");
        }

        // All of it was checked: its own check value, over the same bytes, has nothing to add.
        return Blob.Read(bytes, model, $"resource {resourceName}", isChecked: true);
    }
}
