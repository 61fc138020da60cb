namespace Espalier.Corpus.Tests;

/// <summary>Hints that programs of the corpus may get although nothing is wrong with them. A rule that is not listed here must be seeded.</summary>
internal static class ExpectedInfos
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["ESP0708"] = "most sets have no artifact",
    };
}
