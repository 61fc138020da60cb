namespace Espalier.Tests.Harness;

/// <summary>An empty folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("espalier-");

    public string Path => _folder.FullName;

    /// <summary>Names of the files in it, in order.</summary>
    public string[] Files => [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    /// <summary>The path of something in the folder; folders on the way are created.</summary>
    public string At(params string[] parts)
    {
        var path = System.IO.Path.Combine([Path, .. parts]);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes a text file and gives its path.</summary>
    public string Write(string text, params string[] parts)
    {
        var path = At(parts);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
