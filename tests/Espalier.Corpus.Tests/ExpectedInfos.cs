namespace Espalier.Corpus.Tests;

/// <summary>Hints that programs of the corpus may get although nothing is wrong with them. A rule that is not listed here must be seeded.</summary>
internal static class ExpectedInfos
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["ESP0112"] = "a fault in a model's list leaves its layers in no model",
        ["ESP0402"] = "sparsity is drawn without asking the planner, and most layers are small",
        ["ESP0708"] = "most sets have no artifact",
    };
}
