using System;
using System.Collections.Generic;
using System.IO;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>A trained model as two files beside its source: a manifest that the build reads, and a blob that it embeds.</summary>
public sealed class Artifact
{
    internal const string BlobEnding = ".espalier.bin";
    internal const string ManifestEnding = ".espalier.json";

    private readonly ModelDescription _model;
    private readonly byte[] _blob;
    private readonly string _manifest;

    private Artifact(ModelWeights weights, double? accuracy)
    {
        _model = weights.Model;
        (_blob, var layerBytes) = Espalier.Blob.Write(weights);
        LayerBytes = layerBytes;
        Facts = WeightEvidenceFactory.Facts(weights);
        _manifest = ManifestText.Of(weights, Facts, _blob, layerBytes, Convert.ToHexString(Sha256.HashData(_blob)), accuracy);
    }

    /// <summary>The artifact of a training run.</summary>
    public static Artifact From(TrainedModel trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        return new(trained.Weights, trained.ValidationAccuracy);
    }

    /// <summary>The artifact of weights from elsewhere.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="validationAccuracy">0 to 1, or null when it was not measured.</param>
    public static Artifact From(ModelWeights weights, double? validationAccuracy = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new(weights, validationAccuracy);
    }

    /// <summary>Everything that ships, in bytes.</summary>
    public long Bytes => _blob.Length;

    /// <summary>Bytes of each layer, its description included.</summary>
    public IReadOnlyList<long> LayerBytes { get; }

    /// <summary>What the planner may know of each layer, measured on the weights: the costly part, shared with the report.</summary>
    internal LayerFacts[] Facts { get; }

    /// <summary>The blob.</summary>
    public ReadOnlyMemory<byte> Blob => _blob;

    /// <summary>The text of the manifest.</summary>
    public string Manifest => _manifest;

    /// <summary>Saves beside the model's source: in the project, found upwards from the working directory and then from the program's folder, that holds the model's manifest or source.</summary>
    /// <exception cref="ArtifactException">No such project was found.</exception>
    public SavedArtifact Save()
    {
        var (folder, reason) = ModelFolder.Find(_model);
        return Save(folder, reason);
    }

    /// <summary>Saves into a folder.</summary>
    /// <param name="folder">An existing folder.</param>
    public SavedArtifact Save(string folder) => Save(folder, "the folder given");

    /// <summary>Reads weights back from a manifest's or a blob's path.</summary>
    /// <exception cref="ArtifactException">The files are missing, damaged or another model's.</exception>
    public static ModelWeights Load(string path, ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        var blob = path.EndsWith(ManifestEnding, StringComparison.OrdinalIgnoreCase) ? path[..^ManifestEnding.Length] + BlobEnding : path;
        return Decode(ArtifactFiles.ReadBlob(blob), model, blob);
    }

    /// <summary>Reads weights from bytes.</summary>
    /// <param name="blob">A blob.</param>
    /// <param name="model">The model that it must belong to.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ArtifactException">The bytes are damaged or another model's.</exception>
    public static ModelWeights Decode(ReadOnlySpan<byte> blob, ModelDescription model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Espalier.Blob.Read(blob.ToArray(), model, name);
    }

    private SavedArtifact Save(string folder, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var stem = Path.Combine(folder, _model.ShortName);
        ArtifactFiles.Write(stem, _blob, _manifest);
        return new SavedArtifact(stem + ManifestEnding, stem + BlobEnding, _blob.Length, reason);
    }
}

/// <summary>Where an artifact went.</summary>
/// <param name="ManifestPath">The manifest.</param>
/// <param name="BlobPath">The blob.</param>
/// <param name="Bytes">Bytes of the blob.</param>
/// <param name="Reason">Why there.</param>
public sealed record SavedArtifact(string ManifestPath, string BlobPath, long Bytes, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"Saved {BlobPath} ({Bytes:N0} bytes) and its manifest: {Reason}. The next build picks them up.";
}
