using System.Globalization;
using Espalier;
using Spectre.Console;

namespace Mnist;

/// <summary>A live bar for a training run: stage, epoch, loss and accuracy on what is held out.</summary>
internal sealed class ProgressBar(ProgressTask task, string name) : IProgress<TrainingProgress>
{
    public static T Show<T>(string name, Func<ProgressBar, T> work) =>
        AnsiConsole.Progress()
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => work(new ProgressBar(context.AddTask(name), name)));

    public void Report(TrainingProgress value)
    {
        task.Value = 100 * value.Fraction;
        task.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{name} {value.Stage} {value.Epoch}/{value.Epochs} loss {value.Loss:0.0000} held-out {value.ValidationAccuracy:P2}");
    }
}
