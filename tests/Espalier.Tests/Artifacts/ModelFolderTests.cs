using Espalier.Tests.Harness;
using Xunit;

namespace Espalier.Tests.Artifacts;

/// <summary>Where an artifact goes that is saved without a folder.</summary>
public class ModelFolderTests
{
    private const string Source = "namespace Tests; [Sequential<X>] public partial class Model;";
    private const string Manifest = """{"format":1,"model":"Tests.Model"}""";
    private static readonly ModelDescription Model = TestModels.Model(Activation.None, Precision.Fp32, null, null);

    [Fact]
    public void TheManifestGoesBeforeTheSource()
    {
        using var folder = new TemporaryFolder();
        folder.Write("", "App.csproj");
        folder.Write(Source, "Model.cs");
        folder.Write(Manifest, "Trained", "Model.espalier.json");
        Assert.Equal((folder.At("Trained"), "where the model's manifest lies"), ModelFolder.Find(Model, folder.At("bin", "Release", "net10.0")));
    }

    [Theory]
    [InlineData("""{"format":1,"model":"Other.Model"}""")]
    [InlineData("""{"format":1,"model":7}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void AnotherModelsManifestDoesNotCount(string manifest)
    {
        using var folder = new TemporaryFolder();
        folder.Write("", "App.csproj");
        folder.Write(manifest, "A", "Model.espalier.json");
        folder.Write(Source, "B", "Model.cs");
        Assert.Equal((folder.At("B"), "beside the model's source"), ModelFolder.Find(Model, folder.Path));
    }

    [Fact]
    public void AnotherProjectOfTheSolutionIsFound()
    {
        using var folder = new TemporaryFolder();
        folder.Write("", "All.slnx");
        folder.Write("", "App", "App.csproj");
        folder.Write("class Program;", "App", "Program.cs");
        folder.Write("", "Models", "Models.csproj");
        folder.Write(Source, "Models", "One", "Model.cs");
        Assert.Equal(folder.At("Models", "One"), ModelFolder.Find(Model, folder.At("App", "bin", "Debug")).Folder);
    }

    [Fact]
    public void TheNearestProjectGoesFirst()
    {
        using var folder = new TemporaryFolder();
        folder.Write("", "All.sln");
        folder.Write(Source, "A", "Model.cs");
        folder.Write("", "A", "A.csproj");
        folder.Write(Source, "B", "Model.cs");
        folder.Write("", "B", "B.csproj");
        Assert.Equal(folder.At("B"), ModelFolder.Find(Model, folder.At("B", "bin")).Folder);
        Assert.Equal(folder.At("A"), ModelFolder.Find(Model, folder.Path).Folder);
    }

    [Fact]
    public void TheSecondStartHelpsWhereTheFirstDoesNot()
    {
        using var folder = new TemporaryFolder();
        folder.At("Elsewhere", ".git", "HEAD");
        folder.Write("", "App", "App.csproj");
        folder.Write(Source, "App", "Model.cs");
        Assert.Equal(folder.At("App"), ModelFolder.Find(Model, folder.At("Elsewhere"), folder.At("App", "bin")).Folder);
    }

    [Fact]
    public void DeepFoldersAreSearchedAndOutputsAreNot()
    {
        using var folder = new TemporaryFolder();
        folder.Write("", "App.csproj");
        foreach (var output in new[] { "bin", "obj", "artifacts", ".git" })
        {
            folder.Write(Source, output, "Model.cs");
            folder.Write(Manifest, "A", output, "Model.espalier.json");
        }

        folder.Write(Source, "a", "b", "c", "d", "e", "f", "g", "h", "Model.cs");
        Assert.Equal(folder.At("a", "b", "c", "d", "e", "f", "g", "h"), ModelFolder.Find(Model, folder.Path).Folder);
    }

    [Fact]
    public void FilesThatCannotBeReadAreSkipped()
    {
        using var folder = new TemporaryFolder();
        folder.Write("", "App.csproj");
        using var held = new FileStream(folder.Write(Source, "A", "Model.cs"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var heldManifest = new FileStream(folder.Write(Manifest, "A", "Model.espalier.json"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(folder.At("A", "Nowhere.cs"), folder.At("gone"));
        }

        folder.Write(Source, "B", "Model.cs");
        Assert.Equal(folder.At("B"), ModelFolder.Find(Model, folder.Path).Folder);
    }

    [Fact]
    public void NothingFoundSaysWhereToAndHow()
    {
        using var folder = new TemporaryFolder();
        folder.Write("", "All.sln");
        folder.Write("namespace Tests; [Sequential<X>] partial class Models;", "Models.cs");
        var missing = Path.Combine(folder.Path, "missing", "bin");
        var error = Assert.Throws<ArtifactException>(() => ModelFolder.Find(Model, folder.Path, missing));
        Assert.Contains($"No project above {folder.Path} or {missing} holds the source of Tests.Model", error.Message);
        Assert.Contains("artifact.Save(folder)", error.Message);
    }
}
