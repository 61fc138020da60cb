using System.Globalization;
using Espalier;
using Spectre.Console;

namespace Digits;

/// <summary>A live bar for a training run: stage, epoch, loss and validation accuracy.</summary>
internal sealed class ProgressBar(ProgressTask task, string name) : IProgress<TrainingProgress>
{
    public static T Show<T>(Func<ProgressContext, T> work) =>
        AnsiConsole.Progress()
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(work);

    public void Report(TrainingProgress value)
    {
        task.Value = 100 * value.Fraction;
        task.Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{name} {value.Stage} {value.Epoch}/{value.Epochs} loss {value.Loss:0.000} validation {value.ValidationAccuracy:P1}");
    }
}
