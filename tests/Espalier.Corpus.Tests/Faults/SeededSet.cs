using Microsoft.CodeAnalysis;

namespace Espalier.Corpus.Tests;

/// <summary>A set with one mistake. What must be said of it follows from the seeder alone.</summary>
/// <param name="Seeder">What was made wrong.</param>
/// <param name="Written">The program.</param>
/// <param name="Place">What must be underlined.</param>
internal sealed record SeededSet(Seeder Seeder, WrittenSet Written, MarkedPlace Place)
{
    /// <summary>The manifests of its project.</summary>
    public IReadOnlyList<ManifestOnDisk> Manifests { get; init; } = [];

    public static SeededSet Of(Seeder seeder, int seed) => Of(seeder, SetGenerator.Valid(seed, SetShape.ForFaults(seeder.Layers)), []);

    public static SeededSet Of(Seeder seeder, AnnotationSet set, List<ManifestOnDisk> manifests)
    {
        seeder.Mutate(Spot.In(set) with { Manifests = manifests });
        var written = SetWriter.Write(set);
        var marked = manifests.Where(manifest => manifest.IsMarked).Select(manifest => new MarkedPlace(manifest.Path, default, ""));
        return new SeededSet(seeder, written, written.Place ?? marked.SingleOrDefault() ?? throw new InvalidOperationException($"{seeder} marks no place:\n{written}"))
        {
            Manifests = manifests,
        };
    }

    /// <summary>What is said and should not be, and what should be said and is not; null when all is well.</summary>
    public string? Mismatch(IReadOnlyList<Diagnostic> said)
    {
        var ours = said.Where(diagnostic => IsOurs(diagnostic) && (diagnostic.Id == Seeder.Id || !ExpectedInfos.All.ContainsKey(diagnostic.Id))).ToArray();
        var errors = said.Where(diagnostic => !IsOurs(diagnostic) && diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id).Distinct();
        var here = ours.Where(diagnostic => diagnostic.Id == Seeder.Id).ToArray();
        var others = ours.Where(diagnostic => diagnostic.Id != Seeder.Id).Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal);
        var isRight = here.Length == 1
            && here[0].Severity == (Seeder.Severity ?? here[0].DefaultSeverity)
            && here[0].Location.GetLineSpan().Path == Place.Path
            && (here[0].Location.SourceTree is null || here[0].Location.SourceSpan == Place.Span)
            && others.SequenceEqual(Seeder.Also.Order(StringComparer.Ordinal))
            && errors.All(Seeder.Compiler.Contains);
        return isRight ? null : $"""
            {Seeder} in set {Written.Seed}: expected {Seeder.Id} at {Place.Path} '{Place.Text}'{(Seeder.Also.Length > 0 ? " and " + string.Join(", ", Seeder.Also) : "")}, found
            {string.Join("\n", said.Where(diagnostic => IsOurs(diagnostic) || diagnostic.Severity == DiagnosticSeverity.Error).Select(Describe))}
            {Written}{string.Join("\n", Manifests)}
            """;
    }

    private static bool IsOurs(Diagnostic diagnostic) => diagnostic.Id.StartsWith("ESP", StringComparison.Ordinal);

    private static string Describe(Diagnostic diagnostic) =>
        $"  {diagnostic} '{diagnostic.Location.SourceTree?.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)}'";
}
