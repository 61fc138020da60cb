using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Trains a fully connected network by asynchronous stochastic gradient descent in low precision ("Buckwild!": De Sa et al., 2015 and 2017): threads take mini-batches in
/// turn, read the shared weights as they are, and add their steps without locks. Weights of 8 or 16 bits have no full-precision copy; stochastic rounding keeps updates that
/// are smaller than a step.
/// </summary>
/// <remarks>
/// The races are the method, as in Hogwild! (Niu et al., 2011): a batch may see weights that are half updated, and a thread may overwrite another's step with its own.
/// Memory stays safe: only numbers of fixed arrays are written, each whole. Pruning, codebooks and precisions of the layers' attributes do not take part.
/// </remarks>
/// <param name="model">A chain of dense layers.</param>
/// <param name="options">How; the defaults unless given.</param>
public sealed class BuckwildTraining(ModelDescription model, BuckwildOptions? options = null)
{
    /// <summary>Told after every epoch, on the calling thread.</summary>
    public IProgress<BuckwildEpoch>? Progress { get; init; }

    /// <summary>Runs all epochs.</summary>
    /// <param name="train">What is learned from; one sample at least.</param>
    /// <param name="validation">What accuracy is measured on; nothing is learned from it. May be empty.</param>
    /// <param name="cancellation">Stops every thread between two batches.</param>
    /// <exception cref="ArgumentException">Options or samples do not fit the model; the message says which and why.</exception>
    /// <exception cref="NotSupportedException">There are no kernels for the signature, or a layer is not dense.</exception>
    /// <exception cref="ArithmeticException">The step size is too large: the loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public BuckwildResult Run(LabelledSamples train, LabelledSamples validation, CancellationToken cancellation = default)
    {
        var resolved = (options ?? new BuckwildOptions()).Checked();
        Check(train, validation);
        var random = new RandomNumbers((ulong)resolved.Seed);
        var normalisation = resolved.Normalisation ?? Normalisation.FromRangeOf(train.Inputs);
        SharedLayer[] layers = [.. model.Layers.Select(layer => new SharedLayer(layer, resolved.Signature.Model, resolved.RangeFactor, random))];
        var samples = new SharedSamples(train, normalisation, resolved.Signature.Dataset);
        NetworkWorker[] workers = [.. Enumerable.Range(0, resolved.Threads).Select(_ => new NetworkWorker(layers, samples, resolved, new RandomLanes(random)))];
        var order = Enumerable.Range(0, train.Count).ToArray();
        var epochs = new List<BuckwildEpoch>();
        var weights = Weights(layers, normalisation);
        for (var epoch = 0; epoch < resolved.Epochs; epoch++)
        {
            random.Shuffle(order);
            var start = Stopwatch.GetTimestamp();
            var loss = Epoch(workers, order, epoch, resolved, cancellation) / train.Count;
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (!double.IsFinite(loss))
            {
                throw new ArithmeticException($"{model.Name}: the loss is {loss} in epoch {epoch + 1}. The step size {resolved.LearningRate} is too large for this data; try a tenth of it.");
            }

            weights = Weights(layers, normalisation);
            var accuracy = Evaluation.Accuracy(new ReferenceNetwork(weights), validation, model.Outputs);
            epochs.Add(new BuckwildEpoch(epoch + 1, resolved.Epochs, loss, accuracy, seconds, (double)train.Count * train.Width / seconds));
            Progress?.Report(epochs[^1]);
        }

        return new BuckwildResult { Weights = weights, ValidationAccuracy = epochs.Count > 0 ? epochs[^1].ValidationAccuracy : Evaluation.Accuracy(new ReferenceNetwork(weights), validation, model.Outputs), Epochs = epochs };
    }

    /// <summary>Who is free takes the next batch: no thread waits for another before the end of the epoch.</summary>
    private static double Epoch(NetworkWorker[] workers, int[] order, int epoch, BuckwildOptions options, CancellationToken cancellation)
    {
        var size = options.BatchSize;
        var batches = (order.Length + size - 1) / size;
        var next = -1;
        var losses = new double[workers.Length];
        if (workers.Length == 1)
        {
            Work(0);
            return losses[0];
        }

        // All start together: on a small problem the first would be done before the last has a thread.
        using var line = new Barrier(workers.Length);
        var tasks = new Task[workers.Length];
        for (var i = 0; i < tasks.Length; i++)
        {
            var thread = i;
            tasks[i] = Task.Factory.StartNew(() => Start(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        Task.WhenAll(tasks).GetAwaiter().GetResult();
        return losses.Sum();

        void Start(int thread)
        {
            line.SignalAndWait(cancellation);
            Work(thread);
        }

        void Work(int thread)
        {
            var loss = 0.0;
            for (var batch = Interlocked.Increment(ref next); batch < batches; batch = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                var done = (epoch + ((double)batch / batches)) / options.Epochs;
                loss += workers[thread].Batch(order.AsSpan(batch * size, Math.Min(size, order.Length - (batch * size))), (float)(options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * done))));
            }

            losses[thread] = loss;
        }
    }

    private void Check(LabelledSamples train, LabelledSamples validation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        TrainableModels.Check(model);
        train.CheckFor(model, "training");
        validation.CheckFor(model, "validation");
        if (train.Count == 0)
        {
            throw new ArgumentException($"{model.Name} cannot be trained from no samples.", nameof(train));
        }

        if (model.Layers.FirstOrDefault(layer => layer.Kind != "Dense") is { } other)
        {
            throw new NotSupportedException($"{model.Name}: layer {other.Path} is a {other.Kind}; threads can share dense layers alone.");
        }
    }

    private ModelWeights Weights(SharedLayer[] layers, Normalisation normalisation)
    {
        var plain = model with
        {
            Layers = [.. model.Layers.Select(layer => layer with { Quantization = QuantizationDescription.Fp32, Pruning = null, Codebook = null })],
        };
        return new ModelWeights(plain, normalisation, [.. plain.Layers.Select((layer, i) => (LayerWeights)new FloatLayerWeights(layer, layers[i].CopyWeights(), layers[i].CopyBias()))]);
    }
}
