using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Mnist.Analysis;

/// <summary>One analysis: the dense network, its sensitivity, and what it comes to compressed.</summary>
/// <param name="data">The images.</param>
/// <param name="seed">Of every training run.</param>
/// <param name="heldOut">How many training images are kept back to measure on.</param>
/// <param name="tolerance">The accuracy that a compression may cost, as a share.</param>
/// <param name="cancellation">Stops at the next sample.</param>
internal sealed class AnalysisRun(MnistData data, int seed, int heldOut, double tolerance, CancellationToken cancellation)
{
    private readonly MeasurementRows _rows = new("mnist");

    public int Run(DirectoryInfo? folder, int epochs, double[] sparsities, int retrainEpochs, DirectoryInfo? plots, FileInfo? json)
    {
        var validation = data.HeldOut(heldOut);
        if (validation.Count == 0)
        {
            throw new ArgumentException("--held-out is 0; an analysis needs images that nothing was learned from.");
        }

        RetrainedSweep.Check(sparsities);
        var curve = new TrainingCurve();
        var weights = DenseReference.LoadOrTrain(folder, () => DenseReference.Train(data, seed, epochs, heldOut, curve, cancellation));
        var reference = new ReferenceNetwork(weights);
        var sensitivity = Measure<SensitivityProgress, SensitivityReport>(
            "sensitivity", progress => progress.Fraction, told => Sensitivity.Of(reference, validation, progress: told, cancellation: cancellation));
        AnalysisText.Print(sensitivity, tolerance);
        var options = new CompressionSweepOptions();
        var (done, all) = (0, (2 * options.Sparsities.Count) + options.CodebookBits.Count);
        var sweep = Measure<SweepPoint, IReadOnlyList<SweepPoint>>(
            "compression without retraining", _ => (double)++done / all, told => CompressionSweep.Of(reference, validation, options, told, cancellation));
        AnalysisText.Print(sweep, sensitivity.Accuracy);
        var retrained = RetrainedSweep.Run(data, sparsities, seed, retrainEpochs, heldOut, cancellation);
        AnalysisText.Print(retrained, sensitivity.Accuracy, tolerance);
        var times = PredictionSpeed.Measure([reference, DenseLeNet300.Create(weights)], validation, weights.Model.Outputs, cancellation: cancellation);
        AnalysisText.Print(times);
        if (plots is not null)
        {
            AnalysisPlots.Write(plots.FullName, curve, sensitivity, sweep, retrained);
        }

        if (json is not null)
        {
            AnalysisRows.Add(_rows, sensitivity);
            AnalysisRows.Add(_rows, sweep);
            AnalysisRows.Add(_rows, retrained);
            AnalysisRows.Add(_rows, times);
            _rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static TResult Measure<TProgress, TResult>(string name, Func<TProgress, double> fraction, Func<IProgress<TProgress>, TResult> work) =>
        AnsiConsole.Progress().HideCompleted(true).Start(context =>
        {
            var task = context.AddTask(name);
            return work(new Told<TProgress>(progress => task.Value = 100 * fraction(progress)));
        });

    private sealed class Told<T>(Action<T> then) : IProgress<T>
    {
        public void Report(T value) => then(value);
    }
}
