namespace Espalier.Package.Tests;

/// <summary>The model in a class library, beside a program that trains it and an app that does not ship the trainer.</summary>
[Trait("Category", "Package")]
public sealed class ClassLibraryTests(PackedLibrary library)
{
    [Fact]
    public async Task TheAppShipsTheModelWithoutItsTrainer()
    {
        using var stranger = new StrangerFolder(library);
        const string reference = """<ProjectReference Include="../Models/Models.csproj" />""";
        stranger.Write("Models/Models.csproj", StrangerSources.Project("Library", """<PackageReference Include="Espalier" Version="0.1.0" />"""));
        stranger.Write("Models/Shapes.cs", StrangerSources.Model);
        stranger.Write("Trainer/Trainer.csproj", StrangerSources.Project("Exe", reference));
        stranger.Write("Trainer/Program.cs", StrangerSources.Trainer);
        stranger.Write("App/App.csproj", StrangerSources.Project("Exe", reference));
        stranger.Write("App/Program.cs", StrangerSources.App);
        (await stranger.Dotnet(".", "new", "sln", "-n", "Shapes")).Succeeded();

        // From the trainer's own folder: the artifact belongs beside the model's source, in the library.
        Assert.Contains("beside the model's source", (await stranger.Dotnet("Trainer", "run", "-c", "Release")).Succeeded());
        Assert.True(File.Exists(stranger.At("Models/ShapesNet.espalier.bin")));

        (await stranger.Dotnet("App", "publish", "-c", "Release", "-o", "published")).Succeeded();
        Assert.Matches(@"accuracy (0\.9\d|1\.00) ", (await stranger.Dotnet("App/published", "App.dll")).Succeeded());
        Assert.Equal(["App.dll", "Espalier.dll", "Models.dll"], Directory.GetFiles(stranger.At("App/published"), "*.dll").Select(Path.GetFileName).Order());

        // What ships must have its artifact, in a library too.
        File.Delete(stranger.At("Models/ShapesNet.espalier.bin"));
        Assert.Contains("error ESP0702", (await stranger.Dotnet("Models", "pack", "-c", "Release")).Failed());
    }
}
