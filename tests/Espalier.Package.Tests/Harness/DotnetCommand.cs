using System.Diagnostics;
using System.Text;

namespace Espalier.Package.Tests;

/// <summary>Runs <c>dotnet</c> as a stranger's shell would: nothing of the test's own build or test host reaches it.</summary>
internal static class DotnetCommand
{
    private static readonly string[] Inherited = ["MSBUILD", "DOTNET_", "NUGET_", "TESTINGPLATFORM", "VSTEST", "COREHOST"];

    /// <summary>Runs to the end.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="packages">The folder for restored packages, or null for the machine's own.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    public static async Task<CommandResult> Run(string folder, string? packages, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => Inherited.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            // Where the SDK lies may be known from a variable alone.
            if (name is not "DOTNET_ROOT")
            {
                start.Environment.Remove(name);
            }
        }

        // Servers that outlive the command would keep its output open, and the test waiting.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = new StringBuilder();
        await Task.WhenAll(Collect(process.StandardOutput, output), Collect(process.StandardError, output));
        await process.WaitForExitAsync();
        return new CommandResult("dotnet " + string.Join(' ', arguments), process.ExitCode, output.ToString());
    }

    private static async Task Collect(StreamReader reader, StringBuilder output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}

/// <summary>What a command did.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>The output of a command that must succeed.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}:\n{Output}");
        return Output;
    }

    /// <summary>The output of a command that must not succeed.</summary>
    public string Failed()
    {
        Assert.True(ExitCode != 0, $"{Command} succeeded:\n{Output}");
        return Output;
    }
}
