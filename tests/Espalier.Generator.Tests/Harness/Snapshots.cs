using DiffEngine;

namespace Espalier.Generator.Tests;

/// <summary>
/// Snapshot files by the convention of Verify: the accepted text is in <c>Class.Test#Name.verified.cs</c>, a text that differs is written
/// beside it as <c>.received.cs</c>. Moving to Verify changes this file only. On a developer's machine a difference opens in the diff tool;
/// <c>ESPALIER_ACCEPT=1</c> accepts everything.
/// </summary>
internal static class Snapshots
{
    public static bool Accept => Environment.GetEnvironmentVariable("ESPALIER_ACCEPT") == "1";

    private static string Folder => RepositoryFiles.Path("tests", "Espalier.Generator.Tests", "Snapshots");

    /// <summary>Compares all files that a test gave with all that were accepted for it, and fails at the end with every difference.</summary>
    public static void Verify(string test, IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(Folder);
        var differences = files.Where(file => !Matches($"{test}#{file.Key}", Scrub(file.Value))).Select(file => file.Key).ToList();
        foreach (var stale in Directory.GetFiles(Folder, $"{test}#*.verified.cs"))
        {
            var name = Path.GetFileName(stale)[(test.Length + 1)..^".verified.cs".Length];
            if (!files.ContainsKey(name + ".cs"))
            {
                differences.Add($"{name}.cs is no longer generated");
                if (Accept)
                {
                    File.Delete(stale);
                }
            }
        }

        Assert.True(differences.Count == 0 || Accept, $"Snapshots of {test} differ: {string.Join(", ", differences)}. ESPALIER_ACCEPT=1 accepts them.");
    }

    private static bool Matches(string name, string text)
    {
        var stem = Path.Combine(Folder, name[..^".cs".Length]);
        var (verified, received) = (stem + ".verified.cs", stem + ".received.cs");
        if (File.Exists(verified) && File.ReadAllText(verified).ReplaceLineEndings("\n") == text)
        {
            File.Delete(received);
            return true;
        }

        File.WriteAllText(Accept ? verified : received, text);
        if (!Accept && !BuildServerDetector.Detected && Environment.UserInteractive && DiffRunner.Disabled is false)
        {
            DiffRunner.Launch(received, verified);
        }

        return false;
    }

    /// <summary>The version is the one thing that changes without the generated code changing.</summary>
    private static string Scrub(string text) =>
        text.ReplaceLineEndings("\n").Replace(typeof(EspalierGenerator).Assembly.GetName().Version!.ToString(3), "{version}");
}
