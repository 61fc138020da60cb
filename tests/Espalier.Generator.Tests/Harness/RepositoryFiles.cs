using System.Runtime.CompilerServices;

namespace Espalier.Generator.Tests;

/// <summary>Finds files of the repository from where this source file was compiled or, when that is elsewhere, from the working directory upwards.</summary>
internal static class RepositoryFiles
{
    private const string Mark = "Generators.sln";

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root(), .. parts]);

    private static string Root([CallerFilePath] string source = "") =>
        new[] { source, AppContext.BaseDirectory, Environment.CurrentDirectory + "/." }.Select(Above).FirstOrDefault(root => root is not null)
        ?? throw new DirectoryNotFoundException($"No folder above the tests holds {Mark}.");

    private static string? Above(string start)
    {
        for (var folder = System.IO.Path.GetDirectoryName(start); !string.IsNullOrEmpty(folder); folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, Mark)))
            {
                return folder;
            }
        }

        return null;
    }
}
