using Benchmarks.Models;
using Benchmarks.Onnx;
using Benchmarks.Timing;
using Espalier;
using Espalier.Samples;
using Spectre.Console;
using static Benchmarks.Timing.Numbers;
using Network = Startup.LeNet300;

namespace Benchmarks.Startup;

/// <summary>Publishes LeNet-300-100 as a program of its own and with ONNX Runtime, and starts both many times.</summary>
internal static class StartupCommand
{
    /// <param name="folder">Where programs are published to, and found again the next time; a temporary folder unless said.</param>
    /// <param name="rounds">How often each program is started.</param>
    /// <param name="json">Where rows go.</param>
    public static int Run(DirectoryInfo? folder, int rounds, FileInfo? json)
    {
        var target = folder ?? Directory.CreateTempSubdirectory("espalier-startup-");
        try
        {
            var publisher = new Publisher(Publisher.FindSamples(), target);
            var programs = ProgramForm.All.Select(publisher.Publish).OfType<PublishedProgram>().ToArray();
            var model = OnnxNetworks.Fp32(DenseNetwork.From(SyntheticWeights.For(Network.Description)), 1);
            foreach (var program in programs.Where(program => !program.Form.IsEspalier))
            {
                File.WriteAllBytes(Path.Combine(program.Folder, PublishedProgram.OnnxModel), model);
            }

            var measured = StartupContest.Measure(programs, rounds);
            if (measured.Count == 0)
            {
                throw new PlatformNotSupportedException("No program could be published and started, so there is nothing to compare.");
            }

            Write(measured);
            if (json is not null)
            {
                Rows(measured).WriteTo(json.FullName);
            }

            return 0;
        }
        finally
        {
            if (folder is null)
            {
                target.Delete(recursive: true);
            }
        }
    }

    private static void Write(IReadOnlyList<StartupMeasurement> measured)
    {
        var table = Tables.New("LeNet-300-100: start of a process to its first prediction (ms), all files (MB)", ["program", "start to end", "first", "decode", "pack", "MB", "warm µs", "tier"]);
        foreach (var row in measured)
        {
            table.AddRow(
                row.Program.Form.Title, Short(row.Milliseconds), Milliseconds(row, "first"), Milliseconds(row, "decode"), Milliseconds(row, "pack"),
                Short(row.Program.Bytes / 1e6), Short(row.WarmMicros), row.Tier);
        }

        Tables.Write(table);
        foreach (var form in new[] { "aot", "framework" })
        {
            if (Find(measured, form, Subjects.Espalier) is { } own && Find(measured, form, Subjects.OrtFp32) is { } peer)
            {
                Console.WriteLine(
                    $"{form}: ORT takes {Short(peer.Milliseconds / own.Milliseconds)}x as long from start to end, {Short(peer.Micros["first"] / own.Micros["first"])}x to the first prediction, "
                    + $"{Short((double)peer.Program.Bytes / own.Program.Bytes)}x the bytes, and {Short(peer.WarmMicros / own.WarmMicros)}x for a warm prediction on tier {own.Tier}.");
            }
        }

        Console.WriteLine("A default NativeAOT publish runs the SSSE3 tier; the property <IlcInstructionSet> chooses more, and such a program refuses lesser processors.");
        Console.WriteLine("First: from the timestamp of the starting process to the answer, by one system clock. Decode is the session's making in ONNX Runtime.");
        Console.WriteLine("Warm: loops inside of the published programs, which were started in turn.");
    }

    private static MeasurementRows Rows(IReadOnlyList<StartupMeasurement> measured)
    {
        var rows = new MeasurementRows("startup");
        foreach (var row in measured)
        {
            var (form, subject) = (row.Program.Form, row.Program.Form.Subject);
            rows.Add($"lenet300/{form.Name}", subject, "seconds", row.Milliseconds / 1e3);
            rows.Add($"lenet300/{form.Name}", subject, "bytes", row.Program.Bytes);
            foreach (var (name, micros) in row.Micros)
            {
                rows.Add($"lenet300/{form.Name}", subject, $"micros-{name}", micros);
            }

            rows.Add($"lenet300/b1-{form.Name}", subject, "micros", row.WarmMicros);
            if (Enum.TryParse<InstructionTier>(row.Tier, out var tier))
            {
                rows.Add($"lenet300/{form.Name}", subject, "tier", (int)tier);
            }

            // Forms with another instruction set have no peer of their own: ONNX Runtime looks at the processor anyway.
            if (Find(measured, form.Native ? "aot" : form.Name, form.IsEspalier ? Subjects.OrtFp32 : Subjects.Espalier) is { } other && form.IsEspalier)
            {
                rows.Add($"lenet300/{form.Name}", Subjects.OrtFp32, "ratio", other.Milliseconds / row.Milliseconds);
                rows.Add($"lenet300/{form.Name}", Subjects.OrtFp32, "ratio-first", other.Micros["first"] / row.Micros["first"]);
                rows.Add($"lenet300/{form.Name}", Subjects.OrtFp32, "ratio-bytes", (double)other.Program.Bytes / row.Program.Bytes);
                rows.Add($"lenet300/b1-{form.Name}", Subjects.OrtFp32, "ratio", other.WarmMicros / row.WarmMicros);
            }
        }

        return rows;
    }

    private static string Milliseconds(StartupMeasurement row, string name) => row.Micros.TryGetValue(name, out var micros) ? Short(micros / 1e3) : "";

    private static StartupMeasurement? Find(IReadOnlyList<StartupMeasurement> measured, string form, string subject) =>
        measured.FirstOrDefault(row => row.Program.Form.Name == form && row.Program.Form.Subject == subject);
}
