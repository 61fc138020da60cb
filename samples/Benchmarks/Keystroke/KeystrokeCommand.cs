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
    public static async Task<int> Run(int rounds, FileInfo? json)
    {
        var project = new KeystrokeProject();
        var rows = new MeasurementRows("keystroke");
        var layers = KeystrokeProject.Models * KeystrokeProject.LayersPerModel;
        var table = Tables.New(
            $"{layers} layers in {KeystrokeProject.Models} models, {project.Manifests.Length} with a manifest; {Editor.Analyzers} analyzers: ms, medians of {rounds} where warm",
            ["keystroke", "generator", "analyzers, open document", "an idle one", "analyzers, project", "of which ours"]);
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
            for (var round = 1; round <= rounds + 2; round++)
            {
                var measured = await Measure(project, editor, file, edit(round));
                editor.Generate(edit(-round));
                measured[2] = await editor.AnalyzeIdly(file);
                if (round > 2)
                {
                    warm.Add(measured);
                }
            }

            Console.Error.WriteLine($"{name}: {rounds} warm done");
            Add(name + ", warm", [.. Enumerable.Range(0, 5).Select(i => warm.Select(times => times[i]).Order().ElementAt(warm.Count / 2))]);
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
            table.AddRow(name, Short(times[0]), Short(times[1]), (double.IsNaN(times[2]) ? "–" : Short(times[2])), Short(times[3]), Short(times[4]));
            foreach (var (metric, time) in new[] { "generator", "document", "document-idle", "project", "project-ours" }.Zip(times).Where(pair => !double.IsNaN(pair.Second)))
            {
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"{name}/{metric}"), Subjects.Espalier, "micros", 1000 * time);
            }
        }
    }

    /// <summary>The project is analyzed as a fresh copy: what was bound for the document does not help it.</summary>
    private static async Task<double[]> Measure(KeystrokeProject project, Editor editor, string file, Compilation edited)
    {
        var generator = editor.Generate(edited);
        var document = await editor.AnalyzeDocument(file);
        var (wall, own) = await Editor.AnalyzeProject(project, edited.Clone());
        return [generator, document, double.NaN, wall, own];
    }
}
