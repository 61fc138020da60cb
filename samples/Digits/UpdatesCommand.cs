using System.Globalization;
using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Digits;

/// <summary>
/// Trains the uncompressed network with 8-bit weights and no full-precision copy, with step sizes around half the distance of two weights: what nearest rounding
/// loses of the updates, what that costs, and what stochastic rounding makes of the same updates. The rule ESP0306 says the first while typing.
/// </summary>
internal static class UpdatesCommand
{
    private const int Epochs = 20;

    /// <summary>Into a file tables need not fit a window.</summary>
    private const int FileWidth = 140;

    /// <summary>The hidden layer's grid reaches four times He's bound, √(6 / 64), in steps of a power of two.</summary>
    private static readonly double s_step = Math.Pow(2, Math.Ceiling(Math.Log2(4 * Math.Sqrt(6.0 / DigitsData.Pixels) / sbyte.MaxValue)));

    private static readonly (string Name, Optimizer Optimizer)[] s_optimizers =
        [("Adam", new Adam()), ("SGD, momentum 0.9", new Sgd()), ("SGD", new Sgd { Momentum = 0 })];

    public static int Run(FileInfo? dataFile, int seed, FileInfo? json, CancellationToken cancellation)
    {
        var data = DigitsData.Load(dataFile?.FullName);
        var rows = new MeasurementRows("digits");
        var table = new Table { Title = new TableTitle(Text($"Updates of 8-bit weights {s_step:0.######} apart, {Epochs} epochs at one step size")) }
            .AddColumns("optimizer", "step size", "of half a step", "ΔW = 0, nearest", "validation, nearest", "validation, stochastic");
        foreach (var (name, optimizer) in s_optimizers)
        {
            foreach (var share in new[] { 0.125, 0.25, 0.5, 0.99, 2, 4 })
            {
                var rate = share * s_step / 2;
                var (nearest, stochastic) = (Train(Rounding.Nearest), Train(Rounding.Stochastic));
                table.AddRow(name, Text($"{rate:0.000000}"), Text($"{share}"), Text($"{100 * nearest.Stages[0].Underflow:0.0} %"), Text($"{100 * nearest.ValidationAccuracy:0.0} %"), Text($"{100 * stochastic.ValidationAccuracy:0.0} %"));
                rows.Add(Text($"digits/updates/{name}/{share}"), "espalier", "ratio", nearest.Stages[0].Underflow ?? 0);
                rows.Add(Text($"digits/updates/{name}/{share}/nearest"), "espalier", "accuracy", nearest.ValidationAccuracy);
                rows.Add(Text($"digits/updates/{name}/{share}/stochastic"), "espalier", "accuracy", stochastic.ValidationAccuracy);

                TrainedModel Train(Rounding rounding) => new Trainer(
                    With(rounding),
                    new TrainingOptions { Epochs = Epochs, LearningRate = rate, Optimizer = optimizer, Schedule = LearningRateSchedule.Constant, Seed = seed }).Run(data.Train, data.Validation, cancellation);
            }
        }

        AnsiConsole.Profile.Width = Console.IsOutputRedirected ? FileWidth : AnsiConsole.Profile.Width;
        AnsiConsole.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;
    }

    private static ModelDescription With(Rounding rounding) => DigitsReference.Description with
    {
        Layers = [.. DigitsReference.Description.Layers.Select(layer => layer with
        {
            Quantization = layer.Quantization with { Weights = Precision.Int8, Inputs = Precision.Int8, Outputs = Precision.Int8, Accumulators = Precision.Int32, MasterWeights = false, Rounding = rounding },
        })],
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
