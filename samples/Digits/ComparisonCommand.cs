using System.Globalization;
using Espalier;
using Espalier.Samples;
using Spectre.Console;

namespace Digits;

/// <summary>The table: the dense fp32 reference against the compiled network, from the artifacts that this program was built with.</summary>
internal static class ComparisonCommand
{
    public static int Run(FileInfo? dataFile, FileInfo? json)
    {
        var data = DigitsData.Load(dataFile?.FullName);
        var reference = new ReferenceNetwork(DigitsReference.Trained);
        var compiledReference = new DigitsReference();
        var compiled = new DigitsNet();
        var bytes = (Reference: reference.Bytes, Compiled: ArtifactSize.Of(typeof(DigitsNet)));

        var samples = data.HeldOut.Count > 0 ? data.HeldOut : data.Validation;
        var input = samples.Input(0).ToArray();
        var scores = new float[DigitsData.Classes];
        var micros = SideBySide.Micros([() => reference.Predict(input, scores), () => compiledReference.Predict(input, scores), () => compiled.Predict(input, scores)]);

        var rows = new MeasurementRows("digits");
        var table = new Table().Title("Digits: 64-128-10, one thread").AddColumns("network", "held-out accuracy", "bytes", "µs per prediction", "tier");
        Add("reference-fp32", "dense fp32 reference", HeldOut(reference), bytes.Reference, micros[0], "SIMD");
        Add("espalier-fp32", "dense fp32, compiled", HeldOut(compiledReference), bytes.Reference, micros[1], compiledReference.Tier.ToString());
        Add("espalier", "compressed, compiled", HeldOut(compiled), bytes.Compiled, micros[2], compiled.Tier.ToString());
        rows.Add("digits", "espalier", "ratio", micros[0] / micros[2]);
        AnsiConsole.Write(table);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The compiled network has {(double)bytes.Reference / bytes.Compiled:0.0}x fewer bytes and predicts {micros[0] / micros[2]:0.0}x faster than the reference ({data.HeldOut.Count} held-out digits)."));
        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;

        double HeldOut(IPredictor model) => data.HeldOut.Count == 0 ? double.NaN : Evaluation.Accuracy(model, data.HeldOut, DigitsData.Classes);

        void Add(string subject, string name, double accuracy, long size, double time, string tier)
        {
            table.AddRow(
                name,
                double.IsNaN(accuracy) ? "no held-out rows" : accuracy.ToString("P2", CultureInfo.InvariantCulture),
                size.ToString("N0", CultureInfo.InvariantCulture),
                time.ToString("0.000", CultureInfo.InvariantCulture),
                tier);
            if (!double.IsNaN(accuracy))
            {
                rows.Add("digits", subject, "accuracy", accuracy);
            }

            rows.Add("digits", subject, "bytes", size);
            rows.Add("digits", subject, "micros", time);
        }
    }
}
