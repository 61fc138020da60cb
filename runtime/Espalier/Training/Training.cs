using System;
using System.Threading;

namespace Espalier;

/// <summary>Trains and compresses a model as its attributes say.</summary>
/// <typeparam name="TModel">The model's class.</typeparam>
/// <param name="options">How; the defaults unless given.</param>
public sealed class Training<TModel>(TrainingOptions? options = null)
    where TModel : IModel<TModel>
{
    /// <summary>Told after every epoch, on the training thread.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Runs all stages: dense training, pruning with retraining, weight sharing with centroid retraining, quantization.</summary>
    /// <param name="train">What is learned from.</param>
    /// <param name="validation">What accuracy is measured on; nothing is learned from it. May be empty.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="ArgumentException">Options or samples do not fit the model; the message says which and why.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing was saved or changed.</exception>
    public TrainedModel Run(LabelledSamples train, LabelledSamples validation, CancellationToken cancellation = default) =>
        new Trainer(TModel.Description, options) { Progress = Progress }.Run(train, validation, cancellation);
}
