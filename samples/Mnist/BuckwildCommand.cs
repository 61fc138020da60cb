using System.CommandLine;
using System.Globalization;
using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Mnist;

/// <summary>Asynchronous low-precision training by signature, rounding and threads: errors, speed, and the loss after each epoch.</summary>
internal static class BuckwildCommand
{
    private static readonly (DmgcSignature Signature, Rounding Rounding)[] s_forms =
    [
        (DmgcSignature.D32FM32F, Rounding.Nearest),
        (DmgcSignature.D16M16, Rounding.Stochastic),
        (DmgcSignature.D16M16, Rounding.Nearest),
        (DmgcSignature.D8M8, Rounding.Stochastic),
        (DmgcSignature.D8M8, Rounding.Nearest),
    ];

    public static Command Describe(SharedOptions shared)
    {
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training images.", DefaultValueFactory = _ => 20 };
        var threads = new Option<int[]>("--threads") { Description = "How many threads share a model; give several to compare.", DefaultValueFactory = _ => [1, 2], AllowMultipleArgumentsPerToken = true };
        var rate = new Option<double?>("--rate") { Description = "The step size at the start; what the held-out images chose unless said." };
        var batch = new Option<int?>("--batch") { Description = "Images of a mini-batch; what the held-out images chose unless said." };
        var range = new Option<float?>("--range") { Description = "What a weight grid reaches to, in units of the largest initial weight; what the held-out images chose unless said." };
        var only = new Option<string?>("--only") { Description = "One network (softmax or lenet) instead of both." };
        var command = new Command("buckwild", "Asynchronous training with shared low-precision weights: D8M8, D16M16 and D32fM32f.") { epochs, threads, rate, batch, range, only };
        command.SetAction((parse, cancellation) => Task.FromResult(Run(
            MnistData.Load(MnistFolder.Find(parse.GetValue(shared.Data))), parse.GetValue(shared.HeldOut), parse.GetValue(threads)!, parse.GetValue(only), parse.GetValue(shared.Json),
            (options, network) => options with
            {
                Epochs = parse.GetValue(epochs),
                Seed = parse.GetValue(shared.Seed),
                LearningRate = parse.GetValue(rate) ?? options.LearningRate,
                BatchSize = parse.GetValue(batch) ?? options.BatchSize,
                RangeFactor = parse.GetValue(range) ?? options.RangeFactor,
            },
            cancellation)));
        return command;
    }

    private static int Run(
        MnistData data, int heldOut, int[] threads, string? only, FileInfo? json, Func<BuckwildOptions, string, BuckwildOptions> adjust, CancellationToken cancellation)
    {
        var (train, validation, test) = (data.Train(heldOut), data.HeldOut(heldOut), data.Test());
        (string Name, string Short, ModelDescription Model)[] networks = [("softmax regression", "softmax", SoftmaxRegression.Description), ("LeNet-300-100", "lenet", DenseLeNet300.Description)];
        if (only is not null && !networks.Any(network => network.Short == only))
        {
            throw new ArgumentException($"--only is {only}; it is softmax or lenet.");
        }

        var rows = new MeasurementRows("buckwild");
        foreach (var network in networks.Where(network => only is null || network.Short == only))
        {
            var table = new Table().Title($"{network.Name}: {train.Count} images").Border(TableBorder.Minimal);
            foreach (var heading in new[] { "signature", "rounding", "threads", "loss: first epoch", "half", "last", "held-out error %", "test error %", "GNPS", "s/epoch" })
            {
                table.AddColumn(new TableColumn(heading).RightAligned());
            }

            foreach (var form in s_forms)
            {
                foreach (var count in threads)
                {
                    var options = adjust(BuckwildRecipe.For(network.Short, form.Signature) with { Signature = form.Signature, Rounding = form.Rounding, Threads = count }, network.Short);
                    Add(table, rows, network.Name, options, new BuckwildTraining(network.Model, options).Run(train, validation, cancellation), validation, test);
                }
            }

            // Written to a file, a table would be broken up at 80 columns.
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
            AnsiConsole.Write(table);
        }

        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static void Add(Table table, MeasurementRows rows, string network, BuckwildOptions options, BuckwildResult result, LabelledSamples validation, LabelledSamples? test)
    {
        var reference = new ReferenceNetwork(result.Weights);
        var outputs = result.Weights.Model.Outputs;
        var heldOutError = 100 * (1 - result.ValidationAccuracy);
        double? testError = test is null ? null : 100 * (1 - Evaluation.Accuracy(reference, test, outputs));
        var seconds = result.Epochs.Select(epoch => epoch.Seconds).Order().ElementAtOrDefault(result.Epochs.Count / 2);
        var gnps = result.Epochs.Select(epoch => epoch.NumbersPerSecond / 1e9).Order().ElementAtOrDefault(result.Epochs.Count / 2);
        var rounding = options.Signature.Model.IsFloat ? "" : options.Rounding.ToString().ToLowerInvariant();
        double Loss(double part) => result.Epochs.Count == 0 ? double.NaN : result.Epochs[(int)(part * (result.Epochs.Count - 1))].Loss;
        table.AddRow(
            options.Signature.ToString(), rounding, $"{options.Threads}", Text(Loss(0), "0.0000"), Text(Loss(0.5), "0.0000"), Text(Loss(1), "0.0000"),
            validation.Count > 0 ? Text(heldOutError, "0.00") : "none", testError is { } error ? Text(error, "0.00") : "files absent", Text(gnps, "0.000"), Text(seconds, "0.00"));

        var (testCase, subject) = ($"{network}/t{options.Threads}", $"{options.Signature}{(rounding.Length > 0 ? "-" : "")}{rounding}");
        rows.Add($"{testCase}/held-out", subject, "error", heldOutError);
        rows.Add($"{testCase}/epoch", subject, "seconds", seconds);
        rows.Add($"{testCase}/epoch", subject, "gnps", gnps);
        if (testError is { } measured)
        {
            rows.Add($"{testCase}/test", subject, "error", measured);
        }

        foreach (var epoch in result.Epochs)
        {
            rows.Add($"{testCase}/epoch-{epoch.Epoch}", subject, "loss", epoch.Loss);
        }
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
