using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Espalier.Kernels;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Trains and compresses a model from its description alone.</summary>
/// <param name="model">The model.</param>
/// <param name="options">How; the defaults unless given.</param>
public sealed class Trainer(ModelDescription model, TrainingOptions? options = null)
{
    private const int CalibrationSamples = 1024;

    /// <summary>Told after every epoch, on the training thread.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <inheritdoc cref="Training{TModel}.Run"/>
    /// <exception cref="System.IO.InvalidDataException">The checkpoint is damaged or that of another run.</exception>
    public TrainedModel Run(LabelledSamples train, LabelledSamples validation, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        TrainableModels.Check(model);
        var resolved = (options ?? new TrainingOptions()).Resolve(model);
        LowPrecisionSettings.CheckFor(model, resolved.Pruning);
        train.CheckFor(model, "training");
        resolved.Distillation?.CheckFor(model, train);
        validation.CheckFor(model, "validation");
        if (train.Count == 0)
        {
            throw new ArgumentException($"{model.Name} cannot be trained from no samples.", nameof(train));
        }

        var random = new RandomNumbers((ulong)resolved.Seed);
        var normalisation = resolved.Normalisation ?? Normalisation.FromRangeOf(train.Inputs);
        var network = new NetworkTraining(model, normalisation, resolved.BatchSize!.Value, resolved.Optimizer, random, resolved.LowPrecision);
        using IDisposable? awake = resolved.Threads > 1 ? WorkerPool.Shared.KeepAwake() : null;
        foreach (var layer in network.Layers)
        {
            layer.Products = new ThreadedProduct(resolved.Threads);
        }

        var prunes = model.Layers.Any(layer => layer.Pruning is not null);
        var shares = model.Layers.Any(layer => layer.Codebook is not null);
        var epochs = resolved.Epochs!.Value + (prunes ? resolved.PruneEpochs!.Value : 0) + (shares ? resolved.ShareEpochs!.Value : 0)
            + (model.Layers.Any(layer => layer.IsInteger) ? resolved.QuantizationEpochs : 0);
        var state = new RunState(network, random, train.Count, new LossScale((float)resolved.LossScaling!.Value, resolved.DynamicLossScaling!.Value, resolved.LossScalingGrowth));
        var checkpoint = resolved.Checkpoint is { } path ? new CheckpointFile(path, RunFingerprint.Of(model, resolved, normalisation, train, validation)) : null;
        checkpoint?.TryRead(state.Visit);
        var run = new EpochRunner(network, train, validation, resolved, random, state, checkpoint, epochs, Progress, cancellation);
        var constants = prunes && resolved.Augmentation is null ? ConstantInputs.Of(train, normalisation) : [];
        var pruning = new NetworkPruning(resolved.Pruning, network, constants);
        var stages = state.Results;
        if (stages.Count == 0)
        {
            run.Stage(TrainingStage.Dense, resolved.Epochs.Value, 1, null);
        }

        if (prunes && stages.Count == 1)
        {
            run.Stage(TrainingStage.Prune, resolved.PruneEpochs!.Value, 0.5f, pruning.Apply);
            pruning.End();
        }

        // What is shared and quantized is what inference computes with.
        network.Fold();
        if (shares && stages.All(result => result.Stage != TrainingStage.Share))
        {
            if (state.Epoch == 0)
            {
                NetworkSharing.Begin(resolved.Sharing, network, pruning, random);
            }

            run.Stage(TrainingStage.Share, resolved.ShareEpochs!.Value, 0.25f, null);
        }

        var start = Stopwatch.GetTimestamp();
        cancellation.ThrowIfCancellationRequested();
        var calibration = train.Select([.. Enumerable.Range(0, Math.Min(train.Count, CalibrationSamples)).Select(i => (int)((long)i * train.Count / Math.Min(train.Count, CalibrationSamples)))]);
        var epochsOnGrids = 0;
        if (resolved.QuantizationEpochs > 0 && model.Layers.Any(layer => layer.IsInteger))
        {
            network.Awareness ??= new QuantizationAwareness(network, ActivationCalibration.Of(network, calibration, resolved.EffectiveCalibration));
            run.Stage(TrainingStage.Quantize, resolved.QuantizationEpochs, 0.1f, null);
            epochsOnGrids = stages[^1].Epochs;
        }

        BiasGrid.Round(network, resolved.BiasBits);

        // Weights that were trained for some grids go on with them.
        var grids = network.Awareness?.Grids ?? ActivationCalibration.Of(network, calibration, resolved.EffectiveCalibration);
        var weights = ModelQuantizer.Quantize(network, grids);
        var accuracy = BatchSimulation.Accuracy(weights, validation);
        var (loss, underflow) = (stages[^1].Loss, epochsOnGrids > 0 ? stages[^1].Underflow : null);
        stages.RemoveAll(result => result.Stage == TrainingStage.Quantize);
        stages.Add(new StageResult(TrainingStage.Quantize, epochsOnGrids, loss, accuracy, DenseSnapshot.Density(weights), Stopwatch.GetElapsedTime(start).TotalSeconds) { Underflow = underflow });
        Progress?.Report(new TrainingProgress(TrainingStage.Quantize, epochsOnGrids, epochsOnGrids, loss, accuracy, 1));
        checkpoint?.Delete();
        return new TrainedModel { Weights = weights, Reference = state.Reference, ValidationAccuracy = accuracy, Stages = stages };
    }
}
