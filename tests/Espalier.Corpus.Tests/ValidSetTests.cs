using Microsoft.CodeAnalysis;

namespace Espalier.Corpus.Tests;

/// <summary>Sets that are valid by construction compile without a word, train and predict.</summary>
public class ValidSetTests
{
    private const int Sets = 120;
    private const int Together = 15;

    /// <summary>Seeds of the first set of each compilation.</summary>
    public static TheoryData<int> Batches => [.. Enumerable.Range(0, Effort.Of(Sets / Together)).Select(batch => batch * Together)];

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task ValidSets_CompileTrainAndPredict(int first)
    {
        var sets = Enumerable.Range(first, Together).Select(seed => SetWriter.Write(SetGenerator.Valid(seed, SetShape.Any))).ToArray();
        var compiled = await CorpusCompilation.Of(sets, [], load: true);
        var wrong = compiled.Breakdowns(sets).Concat(sets.SelectMany(set => Said(compiled, set))).ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));

        var loaded = new LoadedSets(compiled);
        foreach (var set in sets)
        {
            foreach (var model in set.Models)
            {
                if (Trouble(loaded, model, set.Seed) is { } trouble)
                {
                    wrong.Add($"{model}: {trouble}\n{set}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>The corpus analyzes programs before anything is generated for them; the compiler does it afterwards. Both say the same.</summary>
    [Fact]
    public async Task GeneratedCode_ChangesNoDiagnostic()
    {
        var sets = Enumerable.Range(0, 6).Select(seed => SetWriter.Write(SetGenerator.Valid(seed, SetShape.ForFaults()))).ToArray();
        var compiled = await CorpusCompilation.Of(sets, [], load: false);
        var after = await CorpusCompilation.Analyze(compiled.Whole, new TestOptions());
        var before = sets.SelectMany(compiled.OfSet).Where(diagnostic => diagnostic.Id.StartsWith("ESP", StringComparison.Ordinal));
        Assert.Equal(before.Select(diagnostic => diagnostic.ToString()).Order(), after.Select(diagnostic => diagnostic.ToString()).Order());
        Assert.NotEmpty(after);
    }

    private static IEnumerable<string> Said(CorpusCompilation compiled, WrittenSet set)
    {
        var said = compiled.OfSet(set).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning
            || (diagnostic.Severity == DiagnosticSeverity.Info && !ExpectedInfos.All.ContainsKey(diagnostic.Id))).ToArray();
        return said.Length == 0 ? [] : [$"{string.Join("\n", said.AsEnumerable())}\n{set}"];
    }

    private static string? Trouble(LoadedSets loaded, string model, int seed)
    {
        try
        {
            var (artifact, scores) = loaded.Train(model, seed);
            return artifact.Bytes == 0 ? "has an empty artifact"
                : !scores.All(float.IsFinite) ? $"predicts {string.Join(", ", scores)}"
                : scores.Length == 0 ? "predicts nothing"
                : null;
        }
        catch (Exception thrown) when (thrown is not OperationCanceledException)
        {
            return thrown.ToString();
        }
    }
}
