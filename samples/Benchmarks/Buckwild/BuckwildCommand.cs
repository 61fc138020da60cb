using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Buckwild;

/// <summary>Logistic regression by stochastic gradient descent in low precision: numbers of the dataset a second, with data beyond every cache.</summary>
internal static class BuckwildCommand
{
    private const int Numbers = 64 << 20;
    private const int SmallWidth = 100;

    public static int Run(int width, int threads, int rounds, FileInfo? json)
    {
        var (inputs, targets) = Samples(Numbers / width, width);
        (string Name, LinearTrainingOptions Options)[] cases =
        [
            ("D32fM32f", Of(DmgcSignature.D32FM32F, Espalier.Rounding.Nearest, RandomDraw.Shared)),
            ("D16M16", Of(DmgcSignature.D16M16, Espalier.Rounding.Stochastic, RandomDraw.Shared)),
            ("D16M16, fresh numbers", Of(DmgcSignature.D16M16, Espalier.Rounding.Stochastic, RandomDraw.Fresh)),
            ("D8M8", Of(DmgcSignature.D8M8, Espalier.Rounding.Stochastic, RandomDraw.Shared)),
            ("D8M8, fresh numbers", Of(DmgcSignature.D8M8, Espalier.Rounding.Stochastic, RandomDraw.Fresh)),
            ("D8M8, nearest", Of(DmgcSignature.D8M8, Espalier.Rounding.Nearest, RandomDraw.Shared)),
        ];
        LinearModelTraining[] trainings = [.. cases.Select(entry => new LinearModelTraining(inputs, targets, width, entry.Options))];
        var losses = cases.Select(entry => Learned(entry.Options)).ToArray();
        var micros = SideBySide.Micros([.. trainings.Select(training => (Action)(() => training.Epoch()))], rounds);

        var rows = new MeasurementRows("buckwild");
        var table = Tables.New(
            $"Logistic regression, {Numbers / width} samples of {width}, threads: {threads}. 10⁹ numbers a second",
            ["signature", "GNPS", "times D32fM32f", $"loss, {SmallWidth} inputs"]);
        foreach (var (entry, time, loss) in cases.Zip(micros, losses))
        {
            table.AddRow(entry.Name, Short(Numbers / time / 1e3), Short(micros[0] / time), Short(loss));
            rows.Add($"{width}/t{threads}", entry.Name, "gnps", Numbers / time / 1e3);
            rows.Add($"{width}/t{threads}", entry.Name, "ratio", micros[0] / time);
            rows.Add($"{width}/t{threads}", entry.Name, "loss", loss);
        }

        Tables.Write(table);
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;

        LinearTrainingOptions Of(DmgcSignature signature, Espalier.Rounding rounding, RandomDraw draw) => new()
        {
            Signature = signature,
            Rounding = rounding,
            Draw = draw,
            Threads = threads,
            LearningRate = 0.5 / width,
            WeightRange = 16 / MathF.Sqrt(width),
        };
    }

    /// <summary>
    /// The loss after twenty passes over a smaller problem. The noise that rounding leaves in a sum grows with the root of the inputs: with thousands of them and as few
    /// samples as fit here, 8 bits learn nothing (0.70 against 0.59 after one pass), so speed and learning are measured apart. The range fits the hidden
    /// model, whose weights reach 1.2: the noise grows with the step.
    /// </summary>
    private static double Learned(LinearTrainingOptions options)
    {
        var (inputs, targets) = Samples(20_000, SmallWidth);
        var training = new LinearModelTraining(inputs, targets, SmallWidth, options with { LearningRate = 0.002, WeightRange = 1.25f });
        for (var pass = 0; pass < 20; pass++)
        {
            training.Epoch();
        }

        return training.MeanLoss();
    }

    /// <summary>Labels by a hidden model, so that there is something to learn: with noise the gradients never vanish.</summary>
    private static (float[] Inputs, float[] Targets) Samples(int count, int width)
    {
        var random = new Random(1);
        var hidden = Enumerable.Range(0, width).Select(_ => (2 * random.NextSingle()) - 1).ToArray();
        var inputs = new float[count * width];
        var targets = new float[count];
        var unit = 4 / MathF.Sqrt(width);
        for (var row = 0; row < count; row++)
        {
            var sum = 0f;
            for (var i = 0; i < width; i++)
            {
                var value = (2 * random.NextSingle()) - 1;
                inputs[(row * width) + i] = value;
                sum += value * hidden[i];
            }

            targets[row] = random.NextSingle() < 1 / (1 + MathF.Exp(-unit * 3 * sum)) ? 1 : 0;
        }

        return (inputs, targets);
    }
}
