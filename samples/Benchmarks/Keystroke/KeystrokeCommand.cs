using System.Globalization;
using Benchmarks.Timing;
using Espalier.Samples;
using Microsoft.CodeAnalysis;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;

namespace Benchmarks.Keystroke;

/// <summary>Types into a project of 200 annotated layers: what one keystroke costs, and what runs again.</summary>
internal static class KeystrokeCommand
{
    /// <summary>
    /// Rounds that are not counted: an editor runs for hours, and the compiler here comes without native code, so that the first thousand
    /// calls of each method are slow ones.
    /// </summary>
    private const int WarmUps = 30;

    /// <summary>Between two keystrokes. The runtime compiles methods anew when nothing new was called for 100 ms; a typist leaves it that time.</summary>
    private const int PauseMilliseconds = 150;

    private static readonly string[] s_metrics = ["generator", "document", "together", "document-idle", "project", "project-ours"];

    public static async Task<int> Run(int rounds, FileInfo? json)
    {
        var project = new KeystrokeProject();
        var rows = new MeasurementRows("keystroke");
        var layers = KeystrokeProject.Models * KeystrokeProject.LayersPerModel;
        var table = Tables.New(
            $"{layers} layers in {KeystrokeProject.Models} models, {project.Manifests.Length} with a manifest; {Editor.Analyzers} analyzers: ms, medians of {rounds} where warm",
            ["keystroke", "generator", "analyzers, open document", "together", "an idle one", "analyzers, project", "of which ours"]);
        (string Name, string File, Func<int, Compilation> Edit)[] cases =
        [
            ("method body", "Other.cs", project.WithMethodBody), ("attribute", "Net30.cs", project.WithAttribute),
        ];
        foreach (var (name, file, edit) in cases)
        {
            // Cold: the first time in this process for the first case; a driver that knows nothing for the second.
            var editor = new Editor(project);
            Add(name + ", cold", await Measure(project, editor, file, project.Compilation));
            Console.Error.WriteLine($"{name}: cold done");
            var warm = new List<double[]>();
            for (var round = 1; round <= rounds + WarmUps; round++)
            {
                Thread.Sleep(PauseMilliseconds);
                var measured = await Measure(project, editor, file, edit(round));
                Thread.Sleep(PauseMilliseconds);
                editor.Generate(edit(-round));
                measured[3] = await editor.AnalyzeIdly(file);
                if (round > WarmUps)
                {
                    warm.Add(measured);
                }
            }

            Console.Error.WriteLine($"{name}: {rounds} warm done");
            Add(name + ", warm", Quantile(warm, 0.5));
            Add(name + ", warm, slowest tenth", Quantile(warm, 0.9));
        }

        Tables.Write(table);
        foreach (var (name, _, edit) in cases)
        {
            var reran = Reruns.After(project, edit(99));
            Console.WriteLine($"\n{name}, what ran again:\n{reran.Text}");
            rows.Add(name, Subjects.Espalier, "outputs-emitted", reran.Emitted);
        }

        if (json is not null)
        {
            rows.WriteTo(json.FullName);
        }

        return 0;

        void Add(string name, double[] times)
        {
            table.AddRow([name, .. times.Select(time => double.IsNaN(time) ? "–" : Short(time))]);
            foreach (var (metric, time) in s_metrics.Zip(times).Where(pair => !double.IsNaN(pair.Second)))
            {
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"{name}/{metric}"), Subjects.Espalier, "micros", 1000 * time);
            }
        }
    }

    private static double[] Quantile(List<double[]> rounds, double share) =>
        [.. Enumerable.Range(0, s_metrics.Length).Select(i => rounds.Select(times => times[i]).Order().ElementAt((int)(rounds.Count * share)))];

    /// <summary>The project is analyzed as a fresh copy: what was bound for the document does not help it.</summary>
    private static async Task<double[]> Measure(KeystrokeProject project, Editor editor, string file, Compilation edited)
    {
        var generator = editor.Generate(edited);
        var document = await editor.AnalyzeDocument(file);
        var (wall, own) = await Editor.AnalyzeProject(project, edited.Clone());
        return [generator, document, generator + document, double.NaN, wall, own];
    }
}
