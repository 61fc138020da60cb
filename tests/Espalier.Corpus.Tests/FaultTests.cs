namespace Espalier.Corpus.Tests;

/// <summary>Sets with exactly one mistake: its rule says so at its place, no other does, and what is generated for the rest compiles.</summary>
public class FaultTests
{
    /// <summary>The first seed of sets with faults.</summary>
    private const int First = 1000;

    private const int Together = 40;

    /// <summary>Sets for each way of making a mistake.</summary>
    public const int Repeats = 2;

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, (Seeded().Count() + Together - 1) / Together)];

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task SeededFault_IsFoundWhereItIs(int batch)
    {
        var sets = Seeded().Skip(batch * Together).Take(Together).Select(fault => SeededSet.Of(fault.Seeder, fault.Seed)).ToArray();
        var wrong = new List<string>();
        foreach (var project in sets.GroupBy(set => string.Join(";", set.Seeder.Properties)))
        {
            var written = project.Select(set => set.Written).ToArray();
            var compiled = await CorpusCompilation.Of(written, project.First().Seeder.Properties, load: false);
            wrong.AddRange(compiled.Breakdowns(written));
            wrong.AddRange(project.Select(set => set.Mismatch(compiled.OfSet(set.Written))).OfType<string>());
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} sets:\n{string.Join("\n", wrong)}");
    }

    private static IEnumerable<(Seeder Seeder, int Seed)> Seeded() =>
        Enumerable.Range(0, Effort.Of(Repeats)).SelectMany(_ => SeederList.All).Select((seeder, i) => (seeder, First + i));
}
