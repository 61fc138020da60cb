using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>A compressed model, layer by layer and stage by stage: shapes, bits, density, bytes, multiply-adds, energy and accuracy.</summary>
public sealed class ModelReport
{
    private ModelReport(ModelWeights weights, Artifact artifact, IReadOnlyList<StageResult> stages)
    {
        Model = weights.Model;
        Bytes = artifact.Bytes;
        Stages = stages;
        var tier = InstructionTiers.Best;
        (byte[] Bytes, long[] LayerBytes) Coded(CodingGoal goal) => goal == Model.Coding ? (artifact.Blob.ToArray(), [.. artifact.LayerBytes]) : Blob.Write(weights, goal);
        var (fastStart, fastStartLayers) = Coded(CodingGoal.FastStart);
        var (smallest, smallestLayers) = Coded(CodingGoal.Smallest);
        Codings = [CodingReport.Of(CodingGoal.Smallest, smallest, weights.Model), CodingReport.Of(CodingGoal.FastStart, fastStart, weights.Model)];
        Layers = [.. weights.Layers.Select((layer, i) => new LayerReport(
            layer, artifact.LayerBytes[i], fastStartLayers[i], smallestLayers[i], Model.Coding, layer.Count == 0 ? "" : Planner.Plan(artifact.Facts[i]).For((Tier)tier).Layout))];
        Tier = tier;
    }

    /// <summary>The report of a training run.</summary>
    public static ModelReport From(TrainedModel trained)
    {
        ArgumentNullException.ThrowIfNull(trained);
        return new(trained.Weights, Artifact.From(trained), trained.Stages);
    }

    /// <summary>The report of weights from elsewhere, e.g. of a decoded artifact; it has no stages.</summary>
    public static ModelReport From(ModelWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new(weights, Artifact.From(weights), []);
    }

    /// <summary>The model.</summary>
    public ModelDescription Model { get; }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<LayerReport> Layers { get; }

    /// <summary>What the whole blob takes, and how long it is decoded, for each goal of <c>[Coding]</c>.</summary>
    public IReadOnlyList<CodingReport> Codings { get; }

    /// <summary>What every stage of training did; empty for weights from elsewhere.</summary>
    public IReadOnlyList<StageResult> Stages { get; }

    /// <summary>The instruction tier that kernels are named for: the best of this process.</summary>
    public InstructionTier Tier { get; }

    /// <summary>Everything that ships, in bytes: the whole blob.</summary>
    public long Bytes { get; }

    /// <summary>Bytes of all weights and biases in fp32.</summary>
    public long DenseBytes => Layers.Sum(layer => layer.DenseBytes);

    /// <summary>How many times smaller than dense fp32.</summary>
    public double CompressionRatio => (double)DenseBytes / Bytes;

    /// <summary>Writes the report as text for people.</summary>
    /// <param name="writer">For example <see cref="Console.Out"/>.</param>
    public void WriteTo(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ReportText.Write(this, writer);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var writer = new StringWriter();
        WriteTo(writer);
        return writer.ToString();
    }
}
