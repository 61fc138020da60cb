namespace Espalier.Package.Tests;

/// <summary>
/// A folder far from this repository with a package folder of its own. Its nuget.config adds the local source and says that Espalier
/// comes from there alone, as the README tells a stranger to.
/// </summary>
internal sealed class StrangerFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("stranger-");
    private readonly string _packages;

    public StrangerFolder(PackedLibrary library)
    {
        _packages = Path.Combine(_root.FullName, "restored");
        Home = _root.CreateSubdirectory("work").FullName;
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="espalier" value="{library.Folder}" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>Where the stranger works.</summary>
    public string Home { get; }

    public string At(string path) => Path.Combine(Home, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Changes a file that is there; what is replaced must be there too.</summary>
    public void Replace(string path, string old, string text)
    {
        var before = File.ReadAllText(At(path));
        Assert.Contains(old, before);
        File.WriteAllText(At(path), before.Replace(old, text));
    }

    /// <summary>Runs a command in a folder of the stranger's.</summary>
    public Task<CommandResult> Dotnet(string folder, params string[] arguments) => DotnetCommand.Run(At(folder), _packages, arguments);

    public void Dispose() => _root.Delete(recursive: true);
}
