using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Espalier.Numerics;

namespace Espalier;

/// <summary>Runs the epochs of a stage: shuffled mini-batches, a falling step size, and a report after each epoch.</summary>
internal sealed class EpochRunner(
    NetworkTraining network, LabelledSamples train, LabelledSamples validation, TrainingOptions options, RandomNumbers random,
    RunState state, CheckpointFile? checkpoint, int epochsInAll, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
{
    private readonly float[] _teacher = options.Distillation is null ? [] : new float[options.BatchSize!.Value * network.Model.Outputs];

    /// <summary>Runs what is left of a stage.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="epochs">Passes over the training data.</param>
    /// <param name="rate">The stage's share of the step size.</param>
    /// <param name="constrain">Called before every batch with how much of the stage is done, and once at its end; null when nothing is to be done.</param>
    public void Stage(TrainingStage stage, int epochs, float rate, Action<double>? constrain)
    {
        var start = Stopwatch.GetTimestamp();
        var patience = constrain is null && validation.Count > 0 ? options.Patience : null;
        while (state.Epoch < epochs && !(patience is { } limit && state.Stopping.IsOver(limit)))
        {
            var epochStart = Stopwatch.GetTimestamp();
            var loss = Epoch(epochs, rate, constrain);
            var seconds = Stopwatch.GetElapsedTime(epochStart).TotalSeconds;
            CheckFinite(state.Epoch, loss);
            state.EndEpoch(loss);
            var updates = state.CountUpdates();
            var accuracy = Accuracy();
            if (patience is not null)
            {
                state.Stopping.Note(network, accuracy);
            }

            checkpoint?.Write(state.Visit);
            progress?.Report(new TrainingProgress(stage, state.Epoch, epochs, loss, accuracy, (double)state.EpochsDone / (epochsInAll + 1))
            {
                Seconds = seconds,
                Underflow = updates.Underflow,
                LossScaling = state.LossScale.Value,
                SkippedSteps = state.LossScale.Skipped,
            });
        }

        // Measured again: the last constraint may have taken weights that the last epoch still had.
        state.Stopping.Restore(network);
        constrain?.Invoke(1);
        state.EndStage(new StageResult(stage, state.Epoch, state.Loss, Accuracy(), Density(), Stopwatch.GetElapsedTime(start).TotalSeconds) { Underflow = state.StageUpdates.Underflow });
    }

    private double Epoch(int epochs, float rate, Action<double>? constrain)
    {
        random.Shuffle(state.Order);
        var loss = 0.0;
        var size = options.BatchSize!.Value;
        var batches = (train.Count + size - 1) / size;
        var interval = Math.Max(1, batches / options.Pruning.MasksPerEpoch);
        for (var batch = 0; batch < batches; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            var done = (state.Epoch + ((double)batch / batches)) / epochs;
            if (batch % interval == 0)
            {
                constrain?.Invoke(done);
            }

            var members = state.Order.AsSpan(batch * size, Math.Min(size, train.Count - (batch * size)));
            var mean = Batch(members, (float)(options.LearningRate!.Value * rate * Falling(done) * Rising(state.EpochsDone + ((batch + 1.0) / batches))));
            loss += members.Length * mean;
            if (!double.IsFinite(mean) && options.DynamicLossScaling != true)
            {
                throw NotFinite(state.Epoch, mean);
            }
        }

        return loss / train.Count;
    }

    private double Batch(ReadOnlySpan<int> members, float rate)
    {
        Span<int> labels = members.Length <= 1024 ? stackalloc int[members.Length] : new int[members.Length];
        for (var row = 0; row < members.Length; row++)
        {
            var input = network.LoadInput(train.Input(members[row]), row);
            options.Augmentation?.Invoke(input, random.Below);
            labels[row] = train.Labels[members[row]];
            if (options.Distillation is { } distillation)
            {
                var outputs = network.Model.Outputs;
                distillation.TeacherScores.Span.Slice(members[row] * outputs, outputs).CopyTo(_teacher.AsSpan(row * outputs));
            }
        }

        network.Forward(members.Length, learns: true);
        var scaling = state.LossScale.Value;
        var loss = network.Backward(labels, scaling, options.Distillation, _teacher);
        if (state.LossScale.Accepts(network))
        {
            scaling *= Excess(scaling);
            foreach (var layer in network.Layers)
            {
                layer.Update(rate, (float)options.WeightDecay, scaling);
            }
        }

        return loss;
    }

    /// <summary>How many times too long the gradients of a batch are; 1 where they are not.</summary>
    private float Excess(float scaling)
    {
        if (options.ClipNorm is not { } limit)
        {
            return 1;
        }

        var squares = 0.0;
        foreach (var layer in network.Layers)
        {
            squares += layer.SquaredGradients;
        }

        // What is not a number is larger than nothing: that is found at the end of the epoch.
        var length = Math.Sqrt(squares) / scaling;
        return length > limit ? (float)(length / limit) : 1;
    }

    /// <summary>The loss alone does not tell: ReLU turns NaN to 0, and the last batch's step comes after its loss.</summary>
    private void CheckFinite(int epoch, double loss)
    {
        if (!double.IsFinite(loss) || network.Layers.Any(layer => !layer.IsFinite))
        {
            throw NotFinite(epoch, loss);
        }
    }

    private ArithmeticException NotFinite(int epoch, double loss)
    {
        var broken = network.Layers.FirstOrDefault(layer => !layer.IsFinite)?.Layer.Path;
        var what = double.IsFinite(loss)
            ? $"weights of {broken} are no longer finite after epoch {epoch + 1}"
            : $"the loss is {loss} in epoch {epoch + 1}{(broken is null ? "" : $", and weights of {broken} are no longer finite")}";
        var remedy = (options.WarmUp, options.ClipNorm) switch
        {
            (> 0, not null) => "try a tenth of it",
            (> 0, null) => "try a tenth of it, or ClipNorm = 1",
            (_, not null) => "try a tenth of it, or WarmUp = 1",
            _ => "try a tenth of it, or WarmUp = 1 and ClipNorm = 1",
        };
        return new ArithmeticException($"{network.Model.Name}: {what}. The step size {options.LearningRate} is too large for this data; {remedy}.");
    }

    private double Rising(double epochs) => epochs < options.WarmUp ? epochs / options.WarmUp : 1;

    private double Falling(double done) => options.Schedule switch
    {
        LearningRateSchedule.Cosine => 0.5 * (1 + Math.Cos(Math.PI * done)),
        LearningRateSchedule.Step => Math.Pow(options.ScheduleFactor, Math.Floor(done * (options.ScheduleSteps + 1))),
        _ => 1,
    };

    private double Accuracy()
    {
        if (network.Awareness is { } awareness)
        {
            return awareness.Accuracy(validation);
        }

        var right = 0;
        for (var start = 0; start < validation.Count; start += network.Batch)
        {
            var rows = Math.Min(network.Batch, validation.Count - start);
            for (var row = 0; row < rows; row++)
            {
                network.LoadInput(validation.Input(start + row), row);
            }

            network.Forward(rows, learns: false);
            for (var row = 0; row < rows; row++)
            {
                right += Evaluation.Largest(network.Output(row)) == validation.Labels[start + row] ? 1 : 0;
            }
        }

        return validation.Count == 0 ? 0 : (double)right / validation.Count;
    }

    private double Density() =>
        network.Weighted.Sum(layer => (double)layer.CopyWeights().Count(weight => weight != 0)) / network.Weighted.Sum(layer => (double)layer.Rows * layer.Columns);
}
