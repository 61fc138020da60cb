using System.Globalization;
using Spectre.Console;

namespace Espalier.Samples;

/// <summary>A live bar for a training run: stage, epoch, loss and accuracy on what is held out.</summary>
internal sealed class ProgressBar(ProgressTask task, string name) : IProgress<TrainingProgress>
{
    /// <summary>One bar.</summary>
    public static T Show<T>(string name, Func<ProgressBar, T> work) => Show(context => work(new ProgressBar(context.AddTask(name), name)));

    /// <summary>As many bars as the work adds.</summary>
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
            $"{name} {value.Stage} {value.Epoch}/{value.Epochs} loss {value.Loss:0.0000} held-out {value.ValidationAccuracy:P2}");
    }
}
