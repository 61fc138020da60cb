using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Espalier;

/// <summary>
/// Accuracy against size when all layers of a network are compressed alike, without retraining: pruned, with shared weights, and both (Han et
/// al., 2016, figure 6). Sizes are those of the blobs that such weights really give, every byte counted.
/// </summary>
public static class CompressionSweep
{
    /// <summary>Measures every setting of the options: first pruned, then shared, then both.</summary>
    /// <param name="reference">The network, e.g. <see cref="TrainedModel.Reference"/>.</param>
    /// <param name="samples">What accuracy is measured on: one sample at least, held out from training.</param>
    /// <param name="options">Which settings; the defaults unless given.</param>
    /// <param name="progress">Told after every measurement, on the calling thread.</param>
    /// <param name="cancellation">Stops between two samples.</param>
    /// <exception cref="ArgumentException">Samples or options do not fit; the message says which and why.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public static IReadOnlyList<SweepPoint> Of(
        ReferenceNetwork reference, LabelledSamples samples, CompressionSweepOptions? options = null, IProgress<SweepPoint>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(samples);
        options ??= new CompressionSweepOptions();
        options.Validate();
        samples.CheckFor(reference.Model, "sweep");
        if (samples.Count == 0)
        {
            throw new ArgumentException($"The accuracy of {reference.Model.Name} cannot be measured on no samples.", nameof(samples));
        }

        var weights = reference.ToWeights();
        var trials = new CompressedTrials(weights, samples, cancellation);
        var points = new List<SweepPoint>();
        foreach (var (method, sparsity, bits) in options.Settings())
        {
            var compressed = Compress(weights, sparsity, bits);
            var bytes = Blob.Write(compressed).Bytes.Length;
            points.Add(new SweepPoint(method, sparsity, bits, bytes, 4.0 * weights.Model.Parameters / bytes, trials.Measure(compressed)));
            progress?.Report(points[^1]);
        }

        return points;
    }

    private static ModelWeights Compress(ModelWeights weights, double sparsity, int? bits)
    {
        LayerWeights[] layers = [.. weights.Layers.Select(layer =>
        {
            if (layer is WeightlessLayerWeights)
            {
                return layer;
            }

            var description = layer.Layer with
            {
                Pruning = sparsity > 0 ? new PruningDescription(sparsity) : null,
                Codebook = bits is { } width ? new CodebookDescription(1 << width, Precision.Fp16) : null,
            };
            var pruned = new PrunedTrial().Compress(PlainWeights.Values(layer), layer.Columns, sparsity);
            var shared = bits is { } of ? new CodebookTrial().Compress(pruned, layer.Columns, of) : pruned;
            return (LayerWeights)WeightQuantizer.Floats(description, shared, layer.Bias.ToArray());
        })];
        return new ModelWeights(weights.Model with { Layers = [.. layers.Select(layer => layer.Layer)] }, weights.Normalisation, [.. layers]);
    }
}

/// <summary>What a sweep tries; an empty list leaves a method out.</summary>
public sealed record CompressionSweepOptions
{
    /// <summary>Shares of each layer's weights to remove, each in [0, 1).</summary>
    public IReadOnlyList<double> Sparsities { get; init; } = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95];

    /// <summary>Bits of an index into a codebook of 2^bits centroids, each from 1 to 8.</summary>
    public IReadOnlyList<int> CodebookBits { get; init; } = [8, 6, 5, 4, 3, 2];

    /// <summary>Bits of the codebook that goes with each sparsity when both are tried, 1 to 8; null leaves that out. Five is what Deep Compression takes for fully connected layers.</summary>
    public int? PairedBits { get; init; } = 5;

    internal void Validate() => new SensitivityOptions { Sparsities = Sparsities, CodebookBits = PairedBits is { } paired ? [.. CodebookBits ?? [], paired] : CodebookBits }.Validate();

    internal IEnumerable<(SweepMethod Method, double Sparsity, int? Bits)> Settings()
    {
        foreach (var sparsity in Sparsities)
        {
            yield return (SweepMethod.Pruned, sparsity, null);
        }

        foreach (var bits in CodebookBits)
        {
            yield return (SweepMethod.Shared, 0, bits);
        }

        foreach (var sparsity in PairedBits is null ? [] : Sparsities)
        {
            yield return (SweepMethod.PrunedAndShared, sparsity, PairedBits);
        }
    }
}

/// <summary>How a sweep compresses.</summary>
public enum SweepMethod
{
    /// <summary>The smallest weights of each layer become 0; the others stay fp32.</summary>
    Pruned,

    /// <summary>Each layer's weights share the centroids of one codebook, stored in fp16.</summary>
    Shared,

    /// <summary>Pruned first, then what is left shares centroids.</summary>
    PrunedAndShared,
}

/// <summary>One measurement of a sweep.</summary>
/// <param name="Method">How the network was compressed.</param>
/// <param name="Sparsity">The share of weights removed, 0 to below 1.</param>
/// <param name="Bits">Bits of an index into the codebook; null without one.</param>
/// <param name="Bytes">The whole blob.</param>
/// <param name="Ratio">How many times smaller than all weights and biases in fp32.</param>
/// <param name="Accuracy">0 to 1.</param>
public sealed record SweepPoint(SweepMethod Method, double Sparsity, int? Bits, long Bytes, double Ratio, double Accuracy);
