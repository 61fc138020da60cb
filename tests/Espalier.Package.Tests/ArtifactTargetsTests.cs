using System.Security.Cryptography;
using System.Text.Json;

namespace Espalier.Package.Tests;

/// <summary>What the package's targets hand to the compiler, asked of the build itself.</summary>
[Trait("Category", "Package")]
public sealed class ArtifactTargetsTests(PackedLibrary library)
{
    [Fact]
    public async Task TakesTheProjectsOwnPairsAndNoNestedProjects()
    {
        using var stranger = new StrangerFolder(library);
        Pair(stranger, "Net", "Tests.Net", [1, 2, 3]);
        Pair(stranger, "deep/er/Other", "Tests.Other", [4]);
        Pair(stranger, "nested/Inner", "Tests.Inner", [5]);
        Pair(stranger, "bin/Copied", "Tests.Net", [6]);
        stranger.Write("nested/nested.csproj", StrangerSources.Project("Library"));
        var (resources, manifests) = await Collect(stranger);

        Assert.Equal([("Net.espalier.bin", "Tests.Net.espalier.bin"), ("deep/er/Other.espalier.bin", "Tests.Other.espalier.bin")], resources);
        Assert.Equal([("Net.espalier.json", Hash([1, 2, 3])), ("deep/er/Other.espalier.json", Hash([4]))], manifests);
    }

    /// <summary>The build sees the pair that the loader would see: the manifest's hash says which blob is meant.</summary>
    [Fact]
    public async Task ASaveThatWasCutLeavesThePairBefore()
    {
        using var stranger = new StrangerFolder(library);
        Pair(stranger, "Net", "Tests.Net", [1, 2, 3]);
        File.Copy(stranger.At("Net.espalier.bin"), stranger.At("Net.espalier.bin.previous"));
        File.WriteAllBytes(stranger.At("Net.espalier.bin"), [7, 7]);
        var (resources, manifests) = await Collect(stranger);

        Assert.Equal([("Net.espalier.bin.previous", "Tests.Net.espalier.bin")], resources);
        Assert.Equal([("Net.espalier.json", Hash([1, 2, 3]))], manifests);
    }

    [Fact]
    public async Task AManifestWithoutItsBlobIsStillSeen()
    {
        using var stranger = new StrangerFolder(library);
        Pair(stranger, "Net", "Tests.Net", [1]);
        File.Delete(stranger.At("Net.espalier.bin"));
        var (resources, manifests) = await Collect(stranger);

        Assert.Empty(resources);
        Assert.Equal([("Net.espalier.json", "")], manifests);
    }

    /// <summary>Two resources of one name would stop the build; the analyzer names both manifests.</summary>
    [Fact]
    public async Task OfTwoPairsForOneModelOneIsEmbedded()
    {
        using var stranger = new StrangerFolder(library);
        Pair(stranger, "Net", "Tests.Net", [1]);
        Pair(stranger, "old/Net", "Tests.Net", [2]);
        Pair(stranger, "other/net", "Tests.net", [3]);
        var (resources, manifests) = await Collect(stranger);

        Assert.Equal(["Tests.Net.espalier.bin", "Tests.net.espalier.bin"], resources.Select(resource => resource.Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, manifests.Length);
    }

    private static void Pair(StrangerFolder stranger, string stem, string model, byte[] blob)
    {
        stranger.Write(stem + ".espalier.json", $$"""{ "format": 1, "model": "{{model}}", "sha256": "{{Hash(blob)}}" }""");
        File.WriteAllBytes(stranger.At(stem + ".espalier.bin"), blob);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    private static async Task<((string File, string Name)[] Resources, (string File, string Hash)[] Manifests)> Collect(StrangerFolder stranger)
    {
        stranger.Write("Shapes.csproj", StrangerSources.Project("Library", """<PackageReference Include="Espalier" Version="0.1.0" />"""));
        (await stranger.Dotnet(".", "restore")).Succeeded();
        var output = (await stranger.Dotnet(".", "msbuild", "-t:EspalierCollectArtifacts", "-getItem:EmbeddedResource", "-getItem:AdditionalFiles")).Succeeded();
        using var json = JsonDocument.Parse(output);
        return (Items("EmbeddedResource", "LogicalName"), Items("AdditionalFiles", "EspalierBlobHash"));

        (string, string)[] Items(string kind, string metadata) =>
        [
            .. json.RootElement.GetProperty("Items").GetProperty(kind).EnumerateArray()
                .Select(item => (item.GetProperty("Identity").GetString()!, item.GetProperty(metadata).GetString()!))
                .OrderBy(item => item.Item1, StringComparer.Ordinal),
        ];
    }
}
