using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Espalier;
using Espalier.Samples;
using Mnist.Analysis;

namespace Mnist;

/// <summary>Trains the dense network from scratch, and prints how long an epoch takes and what it comes to.</summary>
internal static class TrainCommand
{
    public static Command Describe(SharedOptions shared)
    {
        var network = NetworkOption.New();
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training images.", DefaultValueFactory = _ => Recipe.Epochs };
        var plot = new Option<FileInfo?>("--plot") { Description = "An SVG file for the loss of each epoch." };
        var command = new Command("train", "Trains the dense fp32 network, and prints the time of an epoch, the held-out error and the test error.") { network, epochs, plot };
        command.SetAction((parse, cancellation) => Task.FromResult(Run(
            parse.GetValue(network) == NetworkOption.LeNet5 ? ("LeNet-5", DenseLeNet5.Description) : ("LeNet-300-100", DenseLeNet300.Description), parse.GetValue(shared.Data), parse.GetValue(shared.Seed), parse.GetValue(epochs), parse.GetValue(shared.HeldOut), parse.GetValue(plot), parse.GetValue(shared.Json), cancellation)));
        return command;
    }

    private static int Run((string Name, ModelDescription Model) network, DirectoryInfo? folder, int seed, int epochs, int heldOut, FileInfo? plot, FileInfo? json, CancellationToken cancellation)
    {
        var data = MnistData.Load(MnistFolder.Find(folder, cancellation));
        var (train, validation) = (data.Train(heldOut), data.HeldOut(heldOut));
        var times = new EpochTimes();
        var curve = new TrainingCurve(times);
        var start = Stopwatch.GetTimestamp();
        var trained = ProgressBar.Show(network.Name, bar => new Trainer(network.Model, network.Model.InputShape.IsImage ? Recipe.Images(seed, epochs) : Recipe.Dense(seed, epochs)) { Progress = new Both(bar, curve) }.Run(train, validation, cancellation));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        var rows = new MeasurementRows("mnist");
        Print($"{train.Count} images, {epochs} epochs in {seconds:0.0} s; an epoch takes {times.Median:0.000} s (median, without what is held out)");
        rows.Add($"{network.Name}/train", "espalier", "seconds", seconds);
        rows.Add($"{network.Name}/epoch", "espalier", "seconds", times.Median);
        if (validation.Count > 0)
        {
            var error = 100 * (1 - trained.ValidationAccuracy);
            Print($"held-out error {error:0.00} % of {validation.Count}");
            rows.Add($"{network.Name}/held-out", "reference-fp32", "error", error);
        }

        if (data.Test() is { } test)
        {
            var error = 100 * (1 - Evaluation.Accuracy(trained.Reference, test, MnistData.Classes));
            Print($"test error {error:0.00} % of {test.Count}");
            rows.Add($"{network.Name}/test", "reference-fp32", "error", error);
        }
        else
        {
            Console.WriteLine("test error: not measured, the test files are absent");
        }

        if (plot is not null && !curve.IsEmpty)
        {
            curve.LossPlot($"Dense {network.Name}: loss").WriteTo(plot.FullName);
        }

        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
