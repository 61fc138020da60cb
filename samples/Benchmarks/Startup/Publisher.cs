using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Benchmarks.Startup;

/// <summary>Publishes programs with the SDK that built this one, into a folder of its own each.</summary>
/// <param name="samples">The folder of samples.</param>
/// <param name="target">Where the programs go; what lies there already is not published again.</param>
internal sealed class Publisher(DirectoryInfo samples, DirectoryInfo target)
{
    private const int LinesOfAFailure = 6;

    /// <summary>The folder of samples, upwards from the working directory, then from this program.</summary>
    public static DirectoryInfo FindSamples()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                foreach (var candidate in new[] { folder.FullName, Path.Combine(folder.FullName, "samples") })
                {
                    if (File.Exists(Path.Combine(candidate, ProgramForm.All[0].Project)))
                    {
                        return new DirectoryInfo(candidate);
                    }
                }
            }
        }

        throw new IOException($"{ProgramForm.All[0].Project} was not found: run this command inside the repository.");
    }

    /// <summary>The published program; null, with lines that say why, when it could not be published.</summary>
    public PublishedProgram? Publish(ProgramForm form)
    {
        var program = new PublishedProgram(form, Path.Combine(target.FullName, $"{form.Subject}-{form.Name}"));
        if (File.Exists(program.Executable))
        {
            Console.Error.WriteLine($"{form.Title}: published before");
            return program;
        }

        var start = Stopwatch.GetTimestamp();
        Console.Error.Write($"{form.Title}: publishing ...");
        var (exitCode, output) = Run(form, program.Folder);
        Console.Error.WriteLine($" {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        if (exitCode == 0 && File.Exists(program.Executable))
        {
            return program;
        }

        Console.Error.WriteLine($"{form.Title} is missing: dotnet publish ended with {exitCode}.{(form.Native ? Prerequisites() : "")}");
        foreach (var line in output.Split('\n').Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().Take(LinesOfAFailure))
        {
            Console.Error.WriteLine("  " + line.Trim());
        }

        return null;
    }

    private (int ExitCode, string Output) Run(ProgramForm form, string folder)
    {
        // Native objects of each form by themselves: the forms differ in options that an incremental build need not look at.
        var native = Path.Combine(target.FullName, "obj", Path.GetFileName(folder)) + Path.DirectorySeparatorChar;
        List<string> arguments =
        [
            "publish", Path.Combine(samples.FullName, form.Project), "-c", "Release", "-o", folder, "--nologo", "-v", "quiet",
            "-r", RuntimeInformation.RuntimeIdentifier, $"-p:NativeIntermediateOutputPath={native}", $"-p:NativeOutputPath={native}",
        ];
        if (!form.Native)
        {
            // Only ever to switch it off: the projects switch it on, and said here it would reach the generator, which cannot have it.
            arguments.AddRange(["-p:PublishAot=false", "--self-contained", "false"]);
        }

        if (form.InstructionSet is not null)
        {
            arguments.Add($"-p:IlcInstructionSet={form.InstructionSet}");
        }

        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>What the native linker wants, and what of it is here.</summary>
    private static string Prerequisites()
    {
        if (!OperatingSystem.IsLinux())
        {
            return " NativeAOT needs the platform's C++ tools: Visual Studio's on Windows, Xcode's on macOS.";
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        string Has(string tool) => folders.Any(folder => File.Exists(Path.Combine(folder, tool))) ? $"{tool} is here" : $"{tool} is missing";
        var zlib = File.Exists("/usr/include/zlib.h") ? "zlib1g-dev is here" : "zlib1g-dev is missing";
        return $" NativeAOT needs clang or gcc, and zlib1g-dev ({Has("clang")}, {Has("gcc")}, {zlib}).";
    }
}
