using System.Globalization;
using Espalier;
using Espalier.Samples;

namespace Mnist;

/// <summary>What a seed came to, by the compiled kernels: errors in percent, the whole blob in bytes.</summary>
internal sealed record CompressResult(int Seed, long Bytes, double Ratio, double? HeldOutError, double? TestError, double Seconds)
{
    public static CompressResult Of(IPredictor compiled, Artifact artifact, long parameters, int seed, LabelledSamples heldOut, LabelledSamples? test, double seconds) => new(
        seed,
        artifact.Bytes,
        4.0 * parameters / artifact.Bytes,
        heldOut.Count == 0 ? null : Error(compiled, heldOut),
        test is null ? null : Error(compiled, test),
        seconds);

    /// <summary>The share of wrong answers in percent.</summary>
    public static double Error(IPredictor compiled, LabelledSamples samples) => 100 * (1 - Evaluation.Accuracy(compiled, samples, MnistData.Classes));

    /// <summary>One line for all seeds.</summary>
    public static string Mean(IReadOnlyList<CompressResult> results) => string.Create(
        CultureInfo.InvariantCulture,
        $"mean of {results.Count} seeds: {results.Average(r => r.Bytes):#,0} bytes, {results.Average(r => r.Ratio):0.0}x; held-out error {results.Average(r => r.HeldOutError):0.000} %{(results.Average(r => r.TestError) is { } test ? string.Create(CultureInfo.InvariantCulture, $", test error {test:0.000} %") : "")}");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed}: {Bytes:#,0} bytes, {Ratio:0.0}x; held-out error {Text(HeldOutError)}{(TestError is { } test ? $", test error {Text(test)}" : "")}; {Seconds:0} s");

    public void AddTo(MeasurementRows rows, string model)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{model}/compress/seed-{Seed}");
        rows.Add(name, "espalier", "bytes", Bytes);
        rows.Add(name, "espalier", "ratio", Ratio);
        rows.Add(name, "espalier", "seconds", Seconds);
        if (HeldOutError is { } heldOut)
        {
            rows.Add(name + "/held-out", "espalier", "error", heldOut);
        }

        if (TestError is { } test)
        {
            rows.Add(name + "/test", "espalier", "error", test);
        }
    }

    private static string Text(double? error) => error is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00} %") : "not measured, the images are absent";
}
