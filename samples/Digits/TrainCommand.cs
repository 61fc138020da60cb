using System.Diagnostics;
using System.Globalization;
using Espalier;
using Espalier.Samples;

namespace Digits;

/// <summary>Trains both networks from scratch and saves their artifacts.</summary>
internal static class TrainCommand
{
    public static int Run(FileInfo? dataFile, int seed, DirectoryInfo? folder, CancellationToken cancellation)
    {
        var data = DigitsData.Load(dataFile?.FullName);
        var start = Stopwatch.GetTimestamp();
        var (reference, compressed) = ProgressBar.Show(context =>
        {
            var first = new ProgressBar(context.AddTask("reference"), "reference");
            var second = new ProgressBar(context.AddTask("compressed"), "compressed");
            return (Recipe.Train<DigitsReference>(data, seed, first, cancellation), Recipe.Train<DigitsNet>(data, seed, second, cancellation));
        });

        compressed.Report.WriteTo(Console.Out);
        Console.WriteLine();
        foreach (var trained in new[] { reference, compressed })
        {
            var artifact = Artifact.From(trained);
            Console.WriteLine((folder is null ? artifact.Save() : artifact.Save(folder.FullName)).ToString());
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Trained in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s. The next build picks the artifacts up: dotnet run -c Release --project samples/Digits"));
        return 0;
    }
}
