using System.Runtime.CompilerServices;
using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts.Golden;

/// <summary>Blobs that were saved once must be read for ever, to the last bit. <c>ESPALIER_ACCEPT=1</c> adds missing files and changes none.</summary>
public class GoldenFileTests
{
    private static readonly string Folder = Path.GetDirectoryName(ThisFile())!;

    public static TheoryData<string> Names => [.. GoldenModels.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AreReadToTheLastBit(string name)
    {
        var weights = Read(name);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, name + ".txt")), WeightsText.Of(weights) + WeightsText.OfPrediction(weights));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AreWrittenByteByByte(string name) =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, name + Artifact.BlobEnding)), Artifact.From(Read(name)).Blob.ToArray());

    [Fact]
    public void HaveAModelAndATextEach()
    {
        AddMissing();
        Assert.Equal(GoldenModels.All.Keys.Order(StringComparer.Ordinal), Stems("*" + Artifact.BlobEnding, Artifact.BlobEnding));
        Assert.Equal(GoldenModels.All.Keys.Order(StringComparer.Ordinal), Stems("*.txt", ".txt"));
    }

    /// <summary>The folder is the version that the file says it has.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void LieInTheFolderOfTheirVersion(string name)
    {
        AddMissing();
        Assert.Equal($"v{File.ReadAllBytes(Path.Combine(Folder, name + Artifact.BlobEnding))[4]}", name[..name.IndexOf('/', StringComparison.Ordinal)]);
    }

    private static IEnumerable<string> Stems(string pattern, string ending) =>
        Directory.GetFiles(Folder, pattern, SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)[..^ending.Length].Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static ModelWeights Read(string name)
    {
        AddMissing();
        return Artifact.Load(Path.Combine(Folder, name + Artifact.BlobEnding), GoldenModels.All[name]);
    }

    private static void AddMissing()
    {
        if (Environment.GetEnvironmentVariable("ESPALIER_ACCEPT") != "1")
        {
            return;
        }

        foreach (var (name, model) in GoldenModels.All)
        {
            var path = Path.Combine(Folder, name + Artifact.BlobEnding);
            if (!File.Exists(path))
            {
                var weights = TestWeights.Of(model, 2025, (float)(1 - (model.Layers[0].Pruning?.Sparsity ?? 0)));
                weights = name.StartsWith("v3/", StringComparison.Ordinal) ? TestWeights.WithGridBiases(weights) : weights;
                File.WriteAllText(Path.Combine(Folder, name + ".txt"), WeightsText.Of(weights) + WeightsText.OfPrediction(weights));
                File.WriteAllBytes(path, Artifact.From(weights).Blob.ToArray());
            }
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
