using Espalier;
using Espalier.Samples;

namespace Mnist.Analysis;

/// <summary>Collects the loss and the held-out error of every epoch of a run, and tells another.</summary>
internal sealed class TrainingCurve(IProgress<TrainingProgress>? next = null) : IProgress<TrainingProgress>
{
    private readonly List<(TrainingStage Stage, double Loss, double Accuracy)> _epochs = [];

    public bool IsEmpty => _epochs.Count == 0;

    public void Report(TrainingProgress value)
    {
        // Quantization has no epochs.
        if (value.Epoch > 0)
        {
            _epochs.Add((value.Stage, value.Loss, value.ValidationAccuracy));
        }

        next?.Report(value);
    }

    /// <summary>Epochs across, a line for each stage's loss.</summary>
    public LinePlot LossPlot(string title) => Plot(title, "mean training loss", epoch => epoch.Loss);

    /// <summary>Epochs across, a line for each stage's error on the held-out images in percent.</summary>
    public LinePlot ErrorPlot(string title) => Plot(title, "held-out error, %", epoch => 100 * (1 - epoch.Accuracy));

    private LinePlot Plot(string title, string up, Func<(TrainingStage Stage, double Loss, double Accuracy), double> value)
    {
        var plot = new LinePlot(title, "epoch", up);
        foreach (var stage in _epochs.Select((epoch, i) => (epoch.Stage, Point: ((double)(i + 1), value(epoch)))).GroupBy(epoch => epoch.Stage))
        {
            plot.With($"{stage.Key}", stage.Select(epoch => epoch.Point));
        }

        return plot;
    }
}
