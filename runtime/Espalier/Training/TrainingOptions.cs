using System;

namespace Espalier;

/// <summary>How a model is trained. What is null comes from <c>[Train]</c>, and from the defaults named here where that says nothing.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training data before compression starts; 60 by default.</summary>
    public int? Epochs { get; init; }

    /// <summary>Passes while pruning and retraining under masks; as many as <see cref="Epochs"/> by default. Only for models that prune.</summary>
    public int? PruneEpochs { get; init; }

    /// <summary>Passes that retrain centroids; a third of <see cref="Epochs"/> by default. Only for models that share weights.</summary>
    public int? ShareEpochs { get; init; }

    /// <summary>Passes of quantization-aware training after all other stages, on weights and activations rounded to their grids; none by default. Only for models with integer layers.</summary>
    public int QuantizationEpochs { get; init; }

    /// <summary>Samples in a mini-batch; 32 by default.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The step size at the start; 0.002 by default, for <see cref="Adam"/>.</summary>
    public double? LearningRate { get; init; }

    /// <summary>How steps are made of gradients.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>How the step size falls within each stage.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>How often the step size falls within a stage, at equal distances; for <see cref="LearningRateSchedule.Step"/>.</summary>
    public int ScheduleSteps { get; init; } = 2;

    /// <summary>What the step size is multiplied by each time, above 0 and up to 1; for <see cref="LearningRateSchedule.Step"/>.</summary>
    public double ScheduleFactor { get; init; } = 0.1;

    /// <summary>Epochs, whole or in part, over which the step size rises along a line at the beginning of training; none by default. First gradients are the longest, above all those of convolutions.</summary>
    public double WarmUp { get; init; }

    /// <summary>The largest Euclidean length of all gradients of a batch together: longer ones are made as long as this (Pascanu et al., 2013). No limit unless set.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Ends a stage after so many epochs without a better validation accuracy and goes back to the best; never unless set, nor without validation samples. Stages that prune run to their end.</summary>
    public int? Patience { get; init; }

    /// <summary>A file that is replaced after every epoch, from which a run that was stopped goes on to the same weights, bit for bit; deleted at the end. None unless set. Augmentations must be the same code: they are not compared.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Learns from a teacher's scores besides the labels.</summary>
    public Distillation? Distillation { get; init; }

    /// <summary>The share of a weight's size that every step takes off, per unit of step size (decoupled decay).</summary>
    public double WeightDecay { get; init; }

    /// <summary>A factor on the loss, taken off the gradients again; 1 by default.</summary>
    public double? LossScaling { get; init; }

    /// <summary>Whether the factor on the loss follows the gradients: a step whose gradients overflow is left out and halves it, <see cref="LossScalingGrowth"/> good steps double it. For <see cref="Precision.Fp16"/> gradients; starts from <see cref="LossScaling"/>, or from 65536 where that is not set either.</summary>
    public bool? DynamicLossScaling { get; init; }

    /// <summary>Good steps until dynamic loss scaling doubles the factor, 1 or more.</summary>
    public int LossScalingGrowth { get; init; } = 1000;

    /// <summary>How stochastic rounding of weights and gradients comes by its random numbers.</summary>
    public RandomDraw RandomDraw { get; init; }

    /// <summary>How far integer grids of weights without master weights reach at least, in multiples of the bound of the first weights; their step is a power of two. Weights beyond are limited to the grid's end.</summary>
    public double WeightRange { get; init; } = LowPrecisionSettings.UsualRange;

    /// <summary>Threads that share the products of a batch, the caller's among them; 1 by default. Any number gives the same weights, bit for bit.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Equal seeds give equal weights, bit for bit.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How raw inputs become what the first layer sees; the training data's range becomes 0 … 1 by default.</summary>
    public Normalisation? Normalisation { get; init; }

    /// <summary>Changes a sample's normalised inputs in place before it is learned from, e.g. shifts an image; called with random numbers that follow from the seed.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>The share of activations, 0 to 1, that the grids between layers must hold; the rest is clamped.</summary>
    public double CalibrationPercentile { get; init; } = 0.9995;

    /// <summary>How layers with <c>[Prune]</c> are pruned.</summary>
    public PruningOptions Pruning { get; init; } = new();

    /// <summary>How layers with <c>[Codebook]</c> come to share weights.</summary>
    public SharingOptions Sharing { get; init; } = new();

    /// <summary>Bits, from 2 to 8, of the biases: each layer's become multiples of a power of two, which <c>[Coding(Smallest)]</c> codes in few bits. Fp16 unless set.</summary>
    public int? BiasBits { get; init; }

    internal LowPrecisionSettings LowPrecision => new(RandomDraw, WeightRange);

    /// <summary>How the grids between layers are chosen; a <see cref="PercentileCalibration"/> of <see cref="CalibrationPercentile"/> by default.</summary>
    public Calibration? Calibration { get; init; }

    internal Calibration EffectiveCalibration => Calibration ?? new PercentileCalibration(CalibrationPercentile);

    internal TrainingOptions Resolve(ModelDescription model)
    {
        var epochs = Epochs ?? model.Training.Epochs ?? 60;
        var dynamic = DynamicLossScaling ?? model.Training.DynamicLossScaling ?? false;
        ArgumentNullException.ThrowIfNull(Pruning);
        var resolved = this with
        {
            Epochs = epochs,
            Pruning = Pruning.Resolve(model.Training),
            PruneEpochs = PruneEpochs ?? epochs,
            ShareEpochs = ShareEpochs ?? (epochs + 2) / 3,
            BatchSize = BatchSize ?? model.Training.BatchSize ?? Planning.TrainingDefaults.BatchSize,
            LearningRate = LearningRate ?? model.Training.LearningRate ?? Planning.TrainingDefaults.LearningRate,
            DynamicLossScaling = dynamic,
            LossScaling = LossScaling ?? model.Training.LossScaling ?? (dynamic ? 65536 : 1),
        };
        Require(resolved.Epochs >= 0, $"Epochs is {resolved.Epochs}; it must not be negative.");
        Require(resolved.PruneEpochs >= 0, $"PruneEpochs is {resolved.PruneEpochs}; it must not be negative.");
        Require(resolved.ShareEpochs >= 0, $"ShareEpochs is {resolved.ShareEpochs}; it must not be negative.");
        Require(resolved.BatchSize >= 1, $"BatchSize is {resolved.BatchSize}; a batch has one sample at least.");
        Require(resolved.LearningRate > 0 && double.IsFinite(resolved.LearningRate.Value), $"LearningRate is {resolved.LearningRate}; it must be positive and finite.");
        Require((float)resolved.LossScaling > 0 && float.IsFinite((float)resolved.LossScaling.Value), $"LossScaling is {resolved.LossScaling}; it must be positive and finite in fp32.");
        Require(LossScalingGrowth >= 1, $"LossScalingGrowth is {LossScalingGrowth}; one good step at least must pass.");
        Require(WeightRange > 0 && double.IsFinite(WeightRange), $"WeightRange is {WeightRange}; it must be positive and finite.");
        Require(Enum.IsDefined(RandomDraw), $"RandomDraw is {RandomDraw}; it must be Fresh or Shared.");
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), $"WeightDecay is {WeightDecay}; it must be finite and not negative.");
        Require(ScheduleSteps >= 0, $"ScheduleSteps is {ScheduleSteps}; it must not be negative.");
        Require(ScheduleFactor is > 0 and <= 1, $"ScheduleFactor is {ScheduleFactor}; it is above 0 and 1 at most.");
        Require(WarmUp >= 0 && double.IsFinite(WarmUp), $"WarmUp is {WarmUp}; it must be finite and not negative.");
        Require(ClipNorm is null || (ClipNorm > 0 && double.IsFinite(ClipNorm.Value)), $"ClipNorm is {ClipNorm}; it must be positive and finite.");
        Require(Patience is null or >= 1, $"Patience is {Patience}; one epoch at least must be waited for.");
        Require(CalibrationPercentile is > 0 and <= 1, $"CalibrationPercentile is {CalibrationPercentile}; it is a share between 0 and 1.");
        Require(BiasBits is null or (>= 2 and <= 8), $"BiasBits is {BiasBits}; biases have 2 to 8 bits.");
        ArgumentNullException.ThrowIfNull(Sharing);
        resolved.Pruning.Validate();
        Sharing.Validate();
        Require(QuantizationEpochs >= 0, $"QuantizationEpochs is {QuantizationEpochs}; it must not be negative.");
        Require(Threads is >= 1 and <= Kernels.WorkerPool.MostThreads, $"Threads is {Threads}; it goes from 1 to {Kernels.WorkerPool.MostThreads}.");
        Calibration?.Validate();
        Normalisation?.Validate();
        ArgumentNullException.ThrowIfNull(Optimizer);
        return resolved;

        static void Require(bool condition, string message)
        {
            if (!condition)
            {
                throw new ArgumentException(message);
            }
        }
    }
}

/// <summary>Changes a sample in place before it is learned from.</summary>
/// <param name="input">The normalised inputs of one sample.</param>
/// <param name="random">Gives random whole numbers below a bound.</param>
public delegate void Augmentation(Span<float> input, Func<int, int> random);

/// <summary>How the step size falls within a stage.</summary>
public enum LearningRateSchedule
{
    /// <summary>Along half a cosine, to nearly nothing (Loshchilov and Hutter, 2017).</summary>
    Cosine = 0,

    /// <summary>Not at all.</summary>
    Constant = 1,

    /// <summary>By <see cref="TrainingOptions.ScheduleFactor"/>, <see cref="TrainingOptions.ScheduleSteps"/> times.</summary>
    Step = 2,
}
