using System.CommandLine;
using System.Globalization;
using Espalier;
using Espalier.Samples;

namespace Mnist;

/// <summary>Decodes the committed artifacts, runs them by the compiled kernels, and prints the paper's table of each. Nothing in it comes from a manifest's figures.</summary>
internal static class TableCommand
{
    public static Command Describe(SharedOptions shared)
    {
        var folder = new Option<DirectoryInfo?>("--artifacts") { Description = "A folder with the artifacts; those that the last build embedded unless said." };
        var command = new Command("table", "Decodes the committed artifacts and prints layers, bytes after every stage, and errors by the compiled kernels.") { folder };
        command.SetAction(parse =>
        {
            var data = MnistData.Load(MnistFolder.Find(parse.GetValue(shared.Data)));
            var parts = (HeldOut: data.HeldOut(parse.GetValue(shared.HeldOut)), Test: data.Test());
            var rows = new MeasurementRows("mnist");
            Write(Weights<SmallLeNet300>(parse.GetValue(folder), () => SmallLeNet300.Trained), weights => new SmallLeNet300(weights), parts, rows);
            Console.WriteLine();
            Write(Weights<TinyLeNet300>(parse.GetValue(folder), () => TinyLeNet300.Trained), weights => new TinyLeNet300(weights), parts, rows);
            Console.WriteLine();
            WriteIfThere(SmallLeNet5.Description, () => Weights<SmallLeNet5>(parse.GetValue(folder), () => SmallLeNet5.Trained), weights => new SmallLeNet5(weights), parts, rows);
            Console.WriteLine();
            WriteIfThere(TinyLeNet5.Description, () => Weights<TinyLeNet5>(parse.GetValue(folder), () => TinyLeNet5.Trained), weights => new TinyLeNet5(weights), parts, rows);
            if (parse.GetValue(shared.Json) is { } json)
            {
                rows.WriteTo(json.FullName);
            }

            return 0;
        });
        return command;
    }

    private static ModelWeights Weights<TModel>(DirectoryInfo? folder, Func<ModelWeights> embedded)
        where TModel : IModel<TModel> =>
        folder is null ? embedded() : Artifact.Load(Path.Combine(folder.FullName, TModel.Description.ShortName + ".espalier.json"), TModel.Description);

    private static void WriteIfThere(ModelDescription model, Func<ModelWeights> weights, Func<ModelWeights, IPredictor> compile, (LabelledSamples HeldOut, LabelledSamples? Test) parts, MeasurementRows rows)
    {
        try
        {
            Write(weights(), compile, parts, rows);
        }
        catch (Exception missing) when (missing is ArtifactException or FileNotFoundException)
        {
            Console.WriteLine($"{model.ShortName}: {missing.Message}");
        }
    }

    private static void Write(ModelWeights weights, Func<ModelWeights, IPredictor> compile, (LabelledSamples HeldOut, LabelledSamples? Test) parts, MeasurementRows rows)
    {
        var report = ModelReport.From(weights);
        report.WriteTo(Console.Out);
        Console.WriteLine();
        ByteTable.Write(report, Console.Out);
        Console.WriteLine();
        var compiled = compile(weights);
        var name = weights.Model.ShortName + "/table";
        rows.Add(name, "espalier", "bytes", report.Bytes);
        rows.Add(name, "espalier", "ratio", report.CompressionRatio);
        Error("held-out", parts.HeldOut);
        Error("test", parts.Test);

        void Error(string part, LabelledSamples? samples)
        {
            if (samples is not { Count: > 0 })
            {
                Console.WriteLine($"{part} error: not measured, the images are absent");
                return;
            }

            var error = CompressResult.Error(compiled, samples);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part} error by the compiled kernels: {error:0.00} % of {samples.Count}"));
            rows.Add($"{name}/{part}", "espalier", "error", error);
        }
    }
}
