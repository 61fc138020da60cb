using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Startup;

/// <summary>A program on disk, and what starting it shows.</summary>
/// <param name="Form">How it was published.</param>
/// <param name="Folder">Where it lies.</param>
internal sealed record PublishedProgram(ProgramForm Form, string Folder)
{
    public const string OnnxModel = "lenet300.onnx";

    // Symbols and documentation are for developers, and the package of ONNX Runtime brings more than this program loads.
    private static readonly string[] s_notNeeded = [".dbg", ".pdb", ".xml", ".lib"];

    public string Executable => Path.Combine(Folder, Form.ExecutableName);

    /// <summary>Bytes of all files that must ship.</summary>
    public long Bytes => new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(MustShip).Sum(file => file.Length);

    /// <summary>Milliseconds from the start of the process to its end, one prediction in between; and its exit code, the class.</summary>
    public (double Milliseconds, int Class) Start()
    {
        var info = new ProcessStartInfo(Executable) { UseShellExecute = false };
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        process.WaitForExit();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, process.ExitCode);
    }

    /// <summary>What the program measures itself: microseconds by name, from the timestamp of this process on, and its tier.</summary>
    public (IReadOnlyDictionary<string, double> Micros, string Tier) Times()
    {
        // The clock is the system's, so the other process goes on counting where this one stamped.
        var lines = Lines("times", Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        var tier = lines.GetValueOrDefault("tier", "unknown");
        return (lines.Where(line => line.Key != "tier").ToDictionary(line => line.Key, line => double.Parse(line.Value, CultureInfo.InvariantCulture)), tier);
    }

    /// <summary>Microseconds of a warm prediction, measured inside of the program.</summary>
    public double LoopMicros(int milliseconds) =>
        double.Parse(Lines("loop", milliseconds.ToString(CultureInfo.InvariantCulture))["loop"], CultureInfo.InvariantCulture);

    private Dictionary<string, string> Lines(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Executable, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts[^1]);
    }

    private static bool MustShip(FileInfo file) =>
        !s_notNeeded.Contains(file.Extension)
        && !file.Name.Contains("providers_shared", StringComparison.Ordinal)
        && (OperatingSystem.IsWindows() || file.Name != "onnxruntime.dll");
}
