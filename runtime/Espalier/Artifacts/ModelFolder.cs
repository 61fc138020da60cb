using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Espalier;

/// <summary>Finds the folder of a model's source: upwards from the working directory, then from the program's folder.</summary>
internal static class ModelFolder
{
    public static (string Folder, string Reason) Find(ModelDescription model)
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var isRoot = folder.EnumerateFiles("*.sln").Any() || folder.EnumerateFiles("*.slnx").Any() || Directory.Exists(Path.Combine(folder.FullName, ".git"));
                if ((isRoot || folder.EnumerateFiles("*.csproj").Any()) && Search(model, folder) is { } found)
                {
                    return found;
                }

                if (isRoot)
                {
                    break;
                }
            }
        }

        throw new ArtifactException($"No project above {Directory.GetCurrentDirectory()} or {AppContext.BaseDirectory} holds the source of {model.Name}. Say where the artifact belongs: artifact.Save(folder).");
    }

    private static (string, string)? Search(ModelDescription model, DirectoryInfo folder)
    {
        foreach (var manifest in Files(folder, model.ShortName + Artifact.ManifestEnding))
        {
            if (File.ReadAllText(manifest).Contains($"\"model\": \"{model.Name}\"", StringComparison.Ordinal))
            {
                return (Path.GetDirectoryName(manifest)!, "where the model's manifest lies");
            }
        }

        foreach (var source in Files(folder, "*.cs"))
        {
            var text = File.ReadAllText(source);
            if (text.Contains("class " + model.ShortName, StringComparison.Ordinal) && text.Contains("[Sequential", StringComparison.Ordinal))
            {
                return (Path.GetDirectoryName(source)!, "beside the model's source");
            }
        }

        return null;
    }

    private static IEnumerable<string> Files(DirectoryInfo folder, string pattern) =>
        Directory.EnumerateFiles(folder.FullName, pattern, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 12 })
            .Where(path => !Path.GetRelativePath(folder.FullName, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git" or "artifacts"));
}
