using System.Reflection;

[assembly: AssemblyFixture(typeof(Espalier.Package.Tests.PackedLibrary))]

namespace Espalier.Package.Tests;

/// <summary>The package, packed once for all tests from what was built together with them.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("espalier-package-");

    /// <summary>The folder that strangers use as their package source.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The one package file in it.</summary>
    public string PackageFile => Directory.GetFiles(Folder, "*.nupkg").Single();

    public async ValueTask InitializeAsync()
    {
        var library = Metadata("Library");
        (await DotnetCommand.Run(Path.GetDirectoryName(library)!, null, "pack", library, "--no-build", "-c", Metadata("Configuration"), "-o", Folder)).Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Metadata(string key) =>
        typeof(PackedLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
