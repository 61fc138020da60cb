using System.CommandLine;
using System.Globalization;
using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Mnist.Analysis;

/// <summary>What compression costs the dense network, layer by layer and as a whole, on the held-out images; the test images are not looked at.</summary>
internal static class AnalyseCommand
{
    public static Command Describe(SharedOptions shared)
    {
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training images for the dense network.", DefaultValueFactory = _ => Recipe.Epochs };
        var reference = new Option<DirectoryInfo?>("--reference") { Description = "A folder with the dense network's artifact; it is trained and saved there where there is none yet." };
        var retrain = new Option<double[]>("--retrain") { Description = "Sparsities at which the network is trained with every stage of compression.", DefaultValueFactory = _ => [0.9, 0.95, 0.97, 0.98], AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.ZeroOrMore };
        var retrainEpochs = new Option<int>("--retrain-epochs") { Description = "Passes for each stage of those.", DefaultValueFactory = _ => 10 };
        var tolerance = new Option<double>("--tolerance") { Description = "Points of held-out accuracy that a compression may cost.", DefaultValueFactory = _ => 0.2 };
        var plot = new Option<DirectoryInfo?>("--plot") { Description = "A folder for plots in SVG: sensitivities, accuracy against compression, and loss if the network is trained now." };
        var command = new Command("analyse", "Prints the sensitivity of each layer to pruning and to fewer bits, and accuracy against compression.") { epochs, reference, retrain, retrainEpochs, tolerance, plot };
        command.SetAction((parse, cancellation) => Task.FromResult(new Analysis(
            MnistData.Load(MnistFolder.Find(parse.GetValue(shared.Data), cancellation)), parse.GetValue(shared.Seed), parse.GetValue(shared.HeldOut), parse.GetValue(tolerance) / 100, cancellation)
            .Run(parse.GetValue(reference), parse.GetValue(epochs), parse.GetValue(retrain)!, parse.GetValue(retrainEpochs), parse.GetValue(plot), parse.GetValue(shared.Json))));
        return command;
    }

    private sealed class Analysis(MnistData data, int seed, int heldOut, double tolerance, CancellationToken cancellation)
    {
        private readonly MeasurementRows _rows = new("mnist-analysis");

        public int Run(DirectoryInfo? folder, int epochs, double[] sparsities, int retrainEpochs, DirectoryInfo? plots, FileInfo? json)
        {
            var validation = data.HeldOut(heldOut);
            if (validation.Count == 0)
            {
                throw new ArgumentException("--held-out is 0; an analysis needs images that nothing was learned from.");
            }

            var curve = new TrainingCurve();
            var weights = DenseReference.LoadOrTrain(folder, () => DenseReference.Train(data, seed, epochs, heldOut, curve, cancellation));
            var reference = new ReferenceNetwork(weights);
            var sensitivity = Measure("sensitivity", task => Sensitivity.Of(
                reference, validation, progress: new Told<SensitivityProgress>(progress => task.Value = 100 * progress.Fraction), cancellation: cancellation));
            Print(sensitivity);
            var sweep = Measure("compression without retraining", _ => CompressionSweep.Of(reference, validation, cancellation: cancellation));
            Print(sweep, sensitivity.Accuracy);
            var retrained = RetrainedSweep.Run(data, sparsities, seed, retrainEpochs, heldOut, cancellation);
            Print(retrained, sensitivity.Accuracy);
            Print(PredictionSpeed.Measure([reference, DenseLeNet300.Create(weights)], validation, weights.Model.Outputs, cancellation: cancellation));
            if (plots is not null)
            {
                Plot(plots.FullName, curve, sensitivity, sweep, retrained);
            }

            if (json is not null)
            {
                _rows.WriteTo(json.FullName);
            }

            return 0;
        }

        private void Print(SensitivityReport report)
        {
            report.WriteTo(Console.Out);
            Console.WriteLine();
            Line($"tolerated for {100 * tolerance:0.##} points, one layer at a time:");
            foreach (var layer in report.Model.Layers)
            {
                string Of(SensitivityKind kind, string format) => report.Curve(layer.Path, kind).Tolerated(tolerance)?.ToString(format, CultureInfo.InvariantCulture) ?? "none";
                Line($"  {layer.Path}: sparsity {Of(SensitivityKind.Sparsity, "P1")}, grid {Of(SensitivityKind.GridBits, "0")} bits, codebook {Of(SensitivityKind.CodebookBits, "0")} bits");
            }

            AnalysisRows.Add(_rows, report);
        }

        private void Print(IReadOnlyList<SweepPoint> sweep, double uncompressed)
        {
            Console.WriteLine();
            Console.WriteLine("all layers alike, without retraining:");
            foreach (var point in sweep)
            {
                Line($"  {point.Method,-16} sparsity {point.Sparsity,6:P1}  {(point.Bits is { } bits ? $"{bits} bits" : "fp32"),-6}  {point.Bytes,9:#,0} bytes  {point.Ratio,6:0.0}x  {100 * (uncompressed - point.Accuracy),6:0.00} points lost");
            }

            AnalysisRows.Add(_rows, sweep);
        }

        /// <summary>And the whole report of the smallest that loses no more than is tolerated; of the mildest where all lose more.</summary>
        private void Print(IReadOnlyList<(double Sparsity, TrainedModel Trained)> retrained, double uncompressed)
        {
            Console.WriteLine();
            Console.WriteLine("pruned, retrained, shared, retrained, quantized (the last layer keeps three times as much):");
            foreach (var (sparsity, trained) in retrained)
            {
                Line($"  sparsity {sparsity,6:P1}  {trained.Report.Bytes,9:#,0} bytes  {trained.Report.CompressionRatio,6:0.0}x  {100 * (uncompressed - trained.ValidationAccuracy),6:0.00} points lost");
                AnalysisRows.Add(_rows, sparsity, trained);
            }

            if (retrained.Count > 0)
            {
                var (fits, mildest) = (retrained.Where(run => uncompressed - run.Trained.ValidationAccuracy <= tolerance).ToArray(), retrained.MinBy(run => run.Sparsity));
                var (at, shown) = fits.Length > 0 ? fits.MinBy(run => run.Trained.Report.Bytes) : mildest;
                Console.WriteLine();
                Line($"at sparsity {at:P1}:");
                shown.Report.WriteTo(Console.Out);
            }
        }

        private void Print(IReadOnlyList<PredictionTime> times)
        {
            Console.WriteLine();
            foreach (var (subject, time) in new[] { "reference-fp32", "espalier" }.Zip(times))
            {
                Line($"dense network, {subject}: {time.Microseconds:0.00} µs a prediction ({time.LowerQuartile:0.00} to {time.UpperQuartile:0.00}), {time.PerSecond:#,0} a second on one thread");
                _rows.Add("dense/b1", subject, "micros", time.Microseconds);
            }
        }

        private static void Plot(string folder, TrainingCurve curve, SensitivityReport sensitivity, IReadOnlyList<SweepPoint> sweep, IReadOnlyList<(double Sparsity, TrainedModel Trained)> retrained)
        {
            var plots = new List<(string Name, LinePlot Plot)>
            {
                ("sensitivity-sparsity", AnalysisPlots.Sensitivity(sensitivity, SensitivityKind.Sparsity)),
                ("sensitivity-grid", AnalysisPlots.Sensitivity(sensitivity, SensitivityKind.GridBits)),
                ("sensitivity-codebook", AnalysisPlots.Sensitivity(sensitivity, SensitivityKind.CodebookBits)),
                ("compression", AnalysisPlots.Compression(sweep, retrained)),
            };
            if (!curve.IsEmpty)
            {
                plots.Add(("loss", curve.LossPlot("Dense LeNet-300-100: loss")));
                plots.Add(("error", curve.ErrorPlot("Dense LeNet-300-100: held-out error")));
            }

            foreach (var (name, plot) in plots)
            {
                plot.WriteTo(Path.Combine(folder, name + ".svg"));
            }

            Console.WriteLine($"{plots.Count} plots in {folder}{(curve.IsEmpty ? "; none of the loss, as the dense network was not trained now" : "")}");
        }

        private static T Measure<T>(string name, Func<ProgressTask, T> work) =>
            AnsiConsole.Progress().HideCompleted(true).Start(context => work(context.AddTask(name)));

        private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class Told<T>(Action<T> then) : IProgress<T>
    {
        public void Report(T value) => then(value);
    }
}
