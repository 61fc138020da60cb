namespace Espalier.Package.Tests;

/// <summary>The path that the README promises, walked by someone who has the package and an SDK.</summary>
[Trait("Category", "Package")]
public sealed class StrangerTests(PackedLibrary library)
{
    [Fact]
    public async Task TrainsRebuildsPublishesAndRuns()
    {
        using var stranger = new StrangerFolder(library);
        (await stranger.Dotnet(".", "new", "console", "-o", "shapes", "--no-restore")).Succeeded();
        (await stranger.Dotnet("shapes", "add", "package", "Espalier")).Succeeded();
        stranger.Write("shapes/Models.cs", StrangerSources.Model);
        stranger.Write("shapes/Program.cs", StrangerSources.TrainerAndApp);

        // Before there is an artifact everything builds, and the program says how to get one. It does not ship yet.
        (await stranger.Dotnet("shapes", "build", "-c", "Release", "-warnaserror")).Succeeded();
        Assert.Contains("Artifact.From(trained).Save()", (await stranger.Dotnet("shapes", "run", "-c", "Release", "--no-build")).Failed());
        Assert.Contains("ESP0708", (await stranger.Dotnet("shapes", "publish", "-c", "Release", "-o", "early")).Failed());

        Assert.Contains("Saved", (await stranger.Dotnet("shapes", "run", "-c", "Release", "--", "train")).Succeeded());
        Assert.True(File.Exists(stranger.At("shapes/ShapesNet.espalier.json")) && File.Exists(stranger.At("shapes/ShapesNet.espalier.bin")));

        var first = (await stranger.Dotnet("shapes", "run", "-c", "Release")).Succeeded();
        Assert.Matches(@"accuracy (0\.9\d|1\.00) ", first);

        // Another artifact is picked up by the next build, though no source file changed.
        (await stranger.Dotnet("shapes", "run", "-c", "Release", "--no-build", "--", "train", "again")).Succeeded();
        var second = (await stranger.Dotnet("shapes", "run", "-c", "Release")).Succeeded();
        Assert.NotEqual(Scores(first), Scores(second));

        // The project's floor reaches the compiler: one that no artifact can be held against does not ship.
        Assert.Contains("error ESP0710", (await stranger.Dotnet("shapes", "publish", "-c", "Release", "-o", "floored", "-p:EspalierAccuracyFloor=98")).Failed());
        (await stranger.Dotnet("shapes", "publish", "-c", "Release", "-o", "published", "-p:EspalierAccuracyFloor=0.5")).Succeeded();
        Assert.Equal(Scores(second), Scores((await stranger.Dotnet("shapes/published", "shapes.dll")).Succeeded()));
    }

    /// <summary>A changed attribute must not lock its author out of the program that trains the new form.</summary>
    [Fact]
    public async Task AnEditedSparsityStillBuildsAndTrains()
    {
        using var stranger = new StrangerFolder(library);
        stranger.Write("shapes/shapes.csproj", StrangerSources.Project("Exe", """<PackageReference Include="Espalier" Version="0.1.0" />"""));
        stranger.Write("shapes/Models.cs", StrangerSources.Model);
        stranger.Write("shapes/Program.cs", StrangerSources.TrainerAndApp);
        (await stranger.Dotnet("shapes", "run", "-c", "Release", "--", "train")).Succeeded();

        stranger.Replace("shapes/Models.cs", "Prune(0.92)", "Prune(0.95)");
        var built = (await stranger.Dotnet("shapes", "build", "-c", "Release", "-warnaserror")).Succeeded();
        Assert.Contains("warning ESP0701", built);
        Assert.Contains("0.95", built);
        Assert.Contains("Artifact.From(trained).Save()", (await stranger.Dotnet("shapes", "run", "-c", "Release", "--no-build")).Failed());
        Assert.Contains("error ESP0701", (await stranger.Dotnet("shapes", "publish", "-c", "Release", "-o", "stale")).Failed());

        Assert.Contains("Saved", (await stranger.Dotnet("shapes", "run", "-c", "Release", "--no-build", "--", "train")).Succeeded());
        Assert.Contains("accuracy", (await stranger.Dotnet("shapes", "run", "-c", "Release")).Succeeded());
    }

    private static string Scores(string output) => output[output.IndexOf("accuracy", StringComparison.Ordinal)..].Trim();
}
