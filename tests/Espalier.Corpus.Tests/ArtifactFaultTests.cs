namespace Espalier.Corpus.Tests;

/// <summary>Sets that are trained and saved, and then one thing is made wrong: in the code, in the manifest or with the blob.</summary>
public class ArtifactFaultTests
{
    /// <summary>The first seed of sets with artifacts.</summary>
    private const int First = 5000;

    private const int Together = 20;

    /// <summary>Sets for each way of making a mistake.</summary>
    public const int Repeats = 1;

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, (Seeded().Count() + Together - 1) / Together)];

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task SeededFault_IsFoundWhereItIs(int batch)
    {
        var seeded = Seeded().Skip(batch * Together).Take(Together).ToArray();
        var saved = await Save(seeded.Select(fault => Valid(fault.Seeder, fault.Seed)).ToArray());
        var wrong = new List<string>();
        foreach (var project in seeded.GroupBy(fault => string.Join(";", fault.Seeder.Properties)))
        {
            var sets = project.Select(fault => SeededSet.Of(fault.Seeder, Valid(fault.Seeder, fault.Seed), [saved[fault.Seed]])).ToArray();
            var written = sets.Select(set => set.Written).ToArray();
            var files = sets.SelectMany(set => set.Manifests).Select(manifest => manifest.File).ToArray();
            var compiled = await CorpusCompilation.Of(written, project.First().Seeder.Properties, load: false, files);
            wrong.AddRange(compiled.Breakdowns(written));
            wrong.AddRange(sets.Select(set => set.Mismatch(compiled.OfSet(set.Written))).OfType<string>());
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} sets:\n{string.Join("\n", wrong)}");
    }

    /// <summary>What training leaves is in order, so that what is said above is said of the change alone.</summary>
    [Fact]
    public async Task SavedSets_AreSilent()
    {
        var sets = SeederList.OfArtifacts.Take(4).Select((seeder, i) => Valid(seeder, First + i)).ToArray();
        var saved = await Save(sets);
        var written = sets.Select(SetWriter.Write).ToArray();
        var compiled = await CorpusCompilation.Of(written, [], load: false, [.. saved.Values.Select(manifest => manifest.File)]);
        Assert.Empty(compiled.Breakdowns(written).Concat(written.SelectMany(compiled.OfSet).Where(diagnostic => diagnostic.Id != "CS8019" && (diagnostic.Id == "ESP0708" || !ExpectedInfos.All.ContainsKey(diagnostic.Id))).Select(diagnostic => diagnostic.ToString())));
    }

    /// <summary>No floor: what a set reaches in a few steps is chance.</summary>
    private static AnnotationSet Valid(Seeder seeder, int seed)
    {
        var set = SetGenerator.Valid(seed, new SetShape(seeder.Layers, 2, OneModel: true));
        set.Models[0]["AccuracyFloor"] = null;
        return set;
    }

    /// <summary>Trains all sets and saves their models, each into a folder of its own.</summary>
    private static async Task<Dictionary<int, ManifestOnDisk>> Save(IReadOnlyList<AnnotationSet> sets)
    {
        var written = sets.Select(SetWriter.Write).ToArray();
        var loaded = new LoadedSets(await CorpusCompilation.Of(written, [], load: true));
        return written.ToDictionary(set => set.Seed, set =>
        {
            var folder = Directory.CreateTempSubdirectory("espalier-corpus-");
            try
            {
                var files = loaded.Train(set.Models[0], set.Seed).Artifact.Save(folder.FullName);
                return new ManifestOnDisk(set.Folder + Path.GetFileName(files.ManifestPath), File.ReadAllText(files.ManifestPath), File.ReadAllBytes(files.BlobPath));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
    }

    private static IEnumerable<(Seeder Seeder, int Seed)> Seeded() =>
        Enumerable.Range(0, Effort.Of(Repeats)).SelectMany(_ => SeederList.OfArtifacts).Select((seeder, i) => (seeder, First + i));
}
