using System.Collections.Generic;

namespace Espalier;

/// <summary>What a training run gives back: the compressed weights, the dense network they came from, and what every stage did.</summary>
public sealed class TrainedModel
{
    private ModelReport? _report;

    /// <summary>The compressed weights: what the artifact stores and the kernels run.</summary>
    public required ModelWeights Weights { get; init; }

    /// <summary>The dense fp32 network at the end of dense training, before any compression.</summary>
    public required ReferenceNetwork Reference { get; init; }

    /// <summary>The accuracy of <see cref="Weights"/> on the validation samples, 0 to 1.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>The stages in the order they ran.</summary>
    public required IReadOnlyList<StageResult> Stages { get; init; }

    /// <summary>Layer by layer and stage by stage: shapes, bits, density, bytes, multiply-adds, energy and accuracy. Computed when first asked for.</summary>
    public ModelReport Report => _report ??= ModelReport.From(this);
}

/// <summary>What one stage of training came to.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="Loss">The mean loss of the last pass.</param>
/// <param name="ValidationAccuracy">0 to 1.</param>
/// <param name="Density">Nonzero weights over all weights.</param>
/// <param name="Seconds">Wall-clock time.</param>
public sealed record StageResult(TrainingStage Stage, int Epochs, double Loss, double ValidationAccuracy, double Density, double Seconds)
{
    /// <summary>"ΔW = 0": the share, 0 to 1, of the stage's weight updates below half a step, which rounding to nearest loses; null where all weights have a full-precision copy.</summary>
    public double? Underflow { get; init; }
}

/// <summary>The stages of training, in order.</summary>
public enum TrainingStage
{
    /// <summary>Training of all weights in full precision (or in the annotated one, without master weights).</summary>
    Dense,

    /// <summary>Pruning with retraining under masks.</summary>
    Prune,

    /// <summary>Weight sharing and retraining of the centroids.</summary>
    Share,

    /// <summary>Calibration of the activation grids and quantization.</summary>
    Quantize,
}
