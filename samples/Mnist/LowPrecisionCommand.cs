using System.CommandLine;
using Espalier.Samples;

namespace Mnist;

/// <summary>Trains networks below fp32 beside the same ones in fp32: with weights of 8 bits and no other copy, by either rounding, with integer gradients, and in 16-bit floats.</summary>
internal static class LowPrecisionCommand
{
    public static Command Describe(SharedOptions shared)
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeds each network is trained with, from --seed on.", DefaultValueFactory = _ => 1 };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training images.", DefaultValueFactory = _ => LowPrecisionRecipe.Epochs };
        var command = new Command("lowprecision", "Trains with 8-bit weights and no full-precision copy, by stochastic and by nearest rounding, with integer gradients and with 16-bit floats, beside fp32.") { seeds, epochs };
        command.SetAction((parse, cancellation) => Task.FromResult(Run(
            parse.GetValue(shared.Data), parse.GetValue(shared.Seed), parse.GetValue(seeds), parse.GetValue(epochs), parse.GetValue(shared.HeldOut), parse.GetValue(shared.Json), cancellation)));
        return command;
    }

    private static int Run(DirectoryInfo? folder, int firstSeed, int seeds, int epochs, int heldOut, FileInfo? json, CancellationToken cancellation)
    {
        if (seeds < 1)
        {
            throw new ArgumentException($"--seeds is {seeds}; one at least is needed.");
        }

        var data = MnistData.Load(MnistFolder.Find(folder, cancellation));
        var (train, validation) = (data.Train(heldOut), data.HeldOut(heldOut));
        var test = data.Test();
        var results = new List<(LowPrecisionVariant Variant, int Seed, LowPrecisionResult Result)>();
        foreach (var variant in LowPrecisionVariant.All)
        {
            for (var seed = firstSeed; seed < firstSeed + seeds; seed++)
            {
                var title = $"{variant.Case}, {variant.Name}, seed {seed}:";
                results.Add((variant, seed, ProgressBar.Show(title, bar => variant.Train(new LowPrecisionRun(train, validation, test, seed, epochs, bar), cancellation))));
            }
        }

        var curves = results.Where(result => result.Seed == firstSeed).ToLookup(result => result.Variant.Name, result => result.Result.Curve);
        LowPrecisionReport.Curves(curves[LowPrecisionVariant.Stochastic].First(), curves[LowPrecisionVariant.Nearest].First());
        LowPrecisionReport.Errors(results);
        if (test is null)
        {
            Console.WriteLine("test error: not measured, the test files are absent");
        }

        if (json is not null)
        {
            var rows = new MeasurementRows("mnist");
            LowPrecisionReport.Add(rows, results);
            rows.WriteTo(json.FullName);
        }

        return 0;
    }
}
