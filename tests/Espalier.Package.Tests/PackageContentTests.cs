using System.IO.Compression;

namespace Espalier.Package.Tests;

[Trait("Category", "Package")]
public sealed class PackageContentTests(PackedLibrary library)
{
    /// <summary>One package brings everything, and nothing that is not meant to be there: Roslyn's own assemblies would break the compiler.</summary>
    [Fact]
    public void HoldsLibraryAnalyzersAndBuildFilesAlone()
    {
        using var package = ZipFile.OpenRead(library.PackageFile);
        var ours = package.Entries.Select(entry => entry.FullName).Where(name => name.Contains('/') && !name.StartsWith("_rels", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal));
        Assert.Equal(
            [
                "analyzers/dotnet/cs/Espalier.CodeFixes.dll",
                "analyzers/dotnet/cs/Espalier.Generator.dll",
                "buildTransitive/Espalier.props",
                "buildTransitive/Espalier.targets",
                "lib/net10.0/Espalier.dll",
                "lib/net10.0/Espalier.xml",
            ],
            ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void DependsOnNothingAndNamesLicenceAndReadme()
    {
        using var package = ZipFile.OpenRead(library.PackageFile);
        using var text = new StreamReader(package.GetEntry("Espalier.nuspec")!.Open());
        var specification = text.ReadToEnd();
        Assert.DoesNotContain("<dependency ", specification);
        Assert.Contains("<license type=\"expression\">MIT</license>", specification);
        Assert.Contains("<readme>PACKAGE.md</readme>", specification);
    }
}
