using Espalier.Planning;

namespace Espalier.Generator.Manifests;

/// <summary>A manifest file as values.</summary>
/// <param name="File">The file's path, for messages.</param>
/// <param name="Problem">Why the file could not be read, or null. Then the other members are empty.</param>
/// <param name="Format">The format's version.</param>
/// <param name="PlannerVersion">The planner that recorded the kernels.</param>
/// <param name="Model">The full name of the model's class.</param>
/// <param name="Sha256">The blob's hash as upper-case hexadecimal text.</param>
/// <param name="BlobHash">The hash of the blob that lies beside the manifest, as the build measured it; null when the build does not say, empty when there is no blob.</param>
/// <param name="Bytes">Bytes of the blob.</param>
/// <param name="DenseBytes">Bytes of the same network in fp32.</param>
/// <param name="ValidationAccuracy">0 to 1, or null.</param>
/// <param name="Layers">One entry for every place, in order.</param>
internal sealed record Manifest(
    string File, string? Problem, int Format, int PlannerVersion, string Model, string Sha256, string? BlobHash,
    long Bytes, long DenseBytes, double? ValidationAccuracy, EquatableArray<ManifestLayer> Layers)
{
    /// <summary>Bytes of the manifest's text in UTF-8.</summary>
    public int TextBytes { get; init; }
}

/// <param name="Path">The key of the place.</param>
/// <param name="Definition">The canonical text of the annotations it was trained with (<see cref="DefinitionText"/>).</param>
/// <param name="Evidence">What the weights show; null when the text could not be read.</param>
/// <param name="Kernels">The recorded plans; empty when they could not be read.</param>
/// <param name="Centroids">The codebook on the signed grid, for integer layers with one; otherwise empty.</param>
/// <param name="Bytes">Bytes of the layer in the blob.</param>
/// <param name="Nonzeros">Weights that are not zero.</param>
internal sealed record ManifestLayer(
    string Path, string Definition, WeightEvidence? Evidence, EquatableArray<KernelPlan> Kernels, EquatableArray<int> Centroids, long Bytes, long Nonzeros);
