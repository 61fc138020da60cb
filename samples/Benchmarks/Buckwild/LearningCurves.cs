using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Buckwild;

/// <summary>
/// Losses on fresh samples after each pass, for linear and logistic regression. Nothing is chosen by what is shown: step sizes are those of the lowest loss on samples
/// held out for that, for each form by itself, and the range of the weight grid comes from a pass in fp32 over the training samples, sample by sample.
/// </summary>
internal static class LearningCurves
{
    private const int Passes = 20;
    private const int Count = 20_000;
    private const int HeldOut = 4_000;
    private const float Headroom = 1.5f;

    private static readonly double[] s_rates = [0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32];
    private static readonly int[] s_shown = [1, 2, 5, 10, Passes];

    private static readonly (string Name, DmgcSignature Signature, Espalier.Rounding Rounding)[] s_forms =
    [
        ("D32fM32f", DmgcSignature.D32FM32F, Espalier.Rounding.Nearest),
        ("D16M16, stochastic", DmgcSignature.D16M16, Espalier.Rounding.Stochastic),
        ("D16M16, nearest", DmgcSignature.D16M16, Espalier.Rounding.Nearest),
        ("D8M8, stochastic", DmgcSignature.D8M8, Espalier.Rounding.Stochastic),
        ("D8M8, nearest", DmgcSignature.D8M8, Espalier.Rounding.Nearest),
    ];

    public static void Show(int[] widths, int threads, int batch, MeasurementRows rows)
    {
        foreach (var loss in new[] { LinearLoss.Squared, LinearLoss.Logistic })
        {
            foreach (var width in widths)
            {
                Show(loss, width, threads, batch, rows);
            }
        }
    }

    private static void Show(LinearLoss loss, int width, int threads, int batch, MeasurementRows rows)
    {
        var train = SyntheticSamples.Of(loss, Count, width, seed: 2);
        var heldOut = SyntheticSamples.Of(loss, HeldOut, width, seed: 3);
        var fresh = SyntheticSamples.Of(loss, HeldOut, width, seed: 4);
        var name = loss == LinearLoss.Squared ? "linear" : "logistic";
        var table = Tables.New(
            $"{name} regression, {Count} samples of {width}, threads: {threads}, batches of {batch}. Loss on fresh samples after passes (0: {Short(fresh.Loss(loss, new float[width]))})",
            ["signature", "step size · width", "range", .. s_shown.Select(pass => $"{pass}")]);
        var full = Best(new LinearTrainingOptions { Signature = DmgcSignature.D32FM32F, Loss = loss, Threads = threads }, 1);
        var range = Headroom * full.Weights.Max(Math.Abs);
        foreach (var (form, signature, rounding) in s_forms)
        {
            var options = new LinearTrainingOptions { Signature = signature, Loss = loss, Rounding = rounding, Draw = RandomDraw.Fresh, WeightRange = range, Threads = threads, BatchSize = batch };
            var best = Best(options, Passes);
            var curve = Curve(options with { LearningRate = best.Rate }, Passes, fresh).Losses;
            table.AddRow([form, Short(best.Rate * width), signature.Model.IsFloat ? "" : Short(range), .. s_shown.Select(pass => Short(curve[pass - 1]))]);
            for (var pass = 0; pass < curve.Length; pass++)
            {
                rows.Add($"{name}/{width}/t{threads}/b{batch}/pass-{pass + 1}", form, "loss", curve[pass]);
            }
        }

        Tables.Write(table);

        (double Rate, float[] Weights) Best(LinearTrainingOptions options, int passes)
        {
            // Batches bear larger steps.
            var unit = 10 * Math.Sqrt(options.BatchSize) / width;
            var tried = s_rates.Select(rate => (Rate: rate * unit, Result: Curve(options with { LearningRate = rate * unit }, passes, heldOut)));
            var best = tried.MinBy(entry => double.IsNaN(entry.Result.Losses[^1]) ? double.PositiveInfinity : entry.Result.Losses[^1]);
            return (best.Rate, best.Result.Weights);
        }

        (double[] Losses, float[] Weights) Curve(LinearTrainingOptions options, int passes, SyntheticSamples measured)
        {
            var training = new LinearModelTraining(train.Inputs, train.Targets, width, options);
            var losses = new double[passes];
            for (var pass = 0; pass < passes; pass++)
            {
                training.Epoch();
                losses[pass] = measured == fresh || pass == passes - 1 ? measured.Loss(loss, training.CopyWeights()) : 0;
            }

            return (losses, training.CopyWeights());
        }
    }
}
