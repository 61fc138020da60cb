using Microsoft.CodeAnalysis;

namespace Espalier.Integration.Tests.Compilations;

/// <summary>What this process runs, as references for programs compiled in memory: read once, because a compiler that gets new references decodes the whole framework again.</summary>
internal static class RunningReferences
{
    /// <summary>The framework and everything that the tests were built with.</summary>
    public static IReadOnlyList<MetadataReference> All { get; } = [.. Paths().Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The framework alone, and the runtime library: what a user's project sees.</summary>
    public static IReadOnlyList<MetadataReference> OfAProject { get; } = [.. Framework().Append(typeof(DenseAttribute).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path))];

    private static IEnumerable<string> Framework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return Paths().Where(path => Path.GetDirectoryName(path) == folder);
    }

    private static string[] Paths() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
}
