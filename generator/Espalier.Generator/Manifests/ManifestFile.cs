using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Manifests;

/// <summary>Takes a manifest from the compiler: its text and the hash of its blob, which the shipped targets measured.</summary>
internal static class ManifestFile
{
    private const string HashKey = "build_metadata.AdditionalFiles.EspalierBlobHash";

    public static Manifest Read(AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancellation) =>
        ManifestReader.Read(file.Path, file.GetText(cancellation)?.ToString(), BlobHash(file, options), cancellation);

    /// <summary>Null when the build does not say, empty when there is no blob.</summary>
    public static string? BlobHash(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue(HashKey, out var hash) ? hash : null;
}
