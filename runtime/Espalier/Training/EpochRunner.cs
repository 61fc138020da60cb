using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Runs the epochs of a stage: shuffled mini-batches, a falling step size, and a report after each epoch.</summary>
internal sealed class EpochRunner(
    NetworkTraining network, LabelledSamples train, LabelledSamples validation, TrainingOptions options, RandomNumbers random,
    int epochsInAll, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    private readonly int[] _order = [.. Enumerable.Range(0, train.Count)];
    private int _epochsDone;

    /// <param name="stage">Which.</param>
    /// <param name="epochs">Passes over the training data.</param>
    /// <param name="rate">The stage's share of the step size.</param>
    /// <param name="constrain">Called before every batch with how much of the stage is done, and once at its end.</param>
    public StageResult Stage(TrainingStage stage, int epochs, float rate, Action<double> constrain)
    {
        var start = Stopwatch.GetTimestamp();
        var loss = 0.0;
        var size = options.BatchSize!.Value;
        var batches = (train.Count + size - 1) / size;
        var interval = Math.Max(1, batches / 4);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(_order);
            loss = 0;
            for (var batch = 0; batch < batches; batch++)
            {
                cancellation.ThrowIfCancellationRequested();
                var done = (epoch + ((double)batch / batches)) / epochs;
                if (batch % interval == 0)
                {
                    constrain(done);
                }

                var members = _order.AsSpan(batch * size, Math.Min(size, train.Count - (batch * size)));
                loss += members.Length * Batch(members, (float)(options.LearningRate!.Value * rate * Falling(done)));
            }

            loss /= train.Count;
            CheckFinite(epoch, loss);
            _epochsDone++;
            progress?.Report(new TrainingProgress(stage, epoch + 1, epochs, loss, Accuracy(), (double)_epochsDone / (epochsInAll + 1)));
        }

        // Measured again: the last constraint may have taken weights that the last epoch still had.
        constrain(1);
        return new StageResult(stage, epochs, loss, Accuracy(), Density(), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private double Batch(ReadOnlySpan<int> members, float rate)
    {
        Span<int> labels = members.Length <= 1024 ? stackalloc int[members.Length] : new int[members.Length];
        for (var row = 0; row < members.Length; row++)
        {
            var input = network.LoadInput(train.Input(members[row]), row);
            options.Augmentation?.Invoke(input, random.Below);
            labels[row] = train.Labels[members[row]];
        }

        network.Forward(members.Length);
        var loss = network.Backward(labels, (float)options.LossScaling!.Value);
        foreach (var layer in network.Layers)
        {
            layer.Update(rate, (float)options.WeightDecay, (float)options.LossScaling.Value);
        }

        return loss;
    }

    /// <summary>The loss alone does not tell: ReLU turns NaN to 0, and the last batch's step comes after its loss.</summary>
    private void CheckFinite(int epoch, double loss)
    {
        if (!double.IsFinite(loss) || network.Layers.Any(layer => !layer.IsFinite))
        {
            throw new ArithmeticException(
                $"{network.Model.Name}: {(double.IsFinite(loss) ? "weights are no longer finite after" : $"the loss is {loss} in")} epoch {epoch + 1}. The step size {options.LearningRate} is too large for this data; try a tenth of it.");
        }
    }

    private double Falling(double done) =>
        options.Schedule == LearningRateSchedule.Cosine ? 0.5 * (1 + Math.Cos(Math.PI * done)) : 1;

    private double Accuracy()
    {
        var right = 0;
        for (var start = 0; start < validation.Count; start += network.Batch)
        {
            var rows = Math.Min(network.Batch, validation.Count - start);
            for (var row = 0; row < rows; row++)
            {
                network.LoadInput(validation.Input(start + row), row);
            }

            network.Forward(rows);
            for (var row = 0; row < rows; row++)
            {
                right += Evaluation.Largest(network.Output(row)) == validation.Labels[start + row] ? 1 : 0;
            }
        }

        return validation.Count == 0 ? 0 : (double)right / validation.Count;
    }

    private double Density() =>
        network.Layers.Sum(layer => (double)layer.CopyWeights().Count(weight => weight != 0)) / network.Layers.Sum(layer => (double)layer.Layer.Inputs * layer.Layer.Outputs);
}
