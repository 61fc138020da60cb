using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Espalier;

/// <summary>Finds the folder of a model's source: upwards from the working directory, then from the program's folder.</summary>
internal static class ModelFolder
{
    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = true };
    private static readonly EnumerationOptions Below = new() { IgnoreInaccessible = true, RecurseSubdirectories = true, MaxRecursionDepth = 12 };

    /// <param name="model">The model.</param>
    /// <param name="starts">Where to start, the nearest first; none for the two folders that a program has.</param>
    /// <exception cref="ArtifactException">No project on the way holds the model's manifest or source.</exception>
    public static (string Folder, string Reason) Find(ModelDescription model, params string[] starts)
    {
        starts = starts.Length > 0 ? starts : [Directory.GetCurrentDirectory(), AppContext.BaseDirectory];
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var isRoot = Holds(folder, "*.sln") || Holds(folder, "*.slnx") || Path.Exists(Path.Combine(folder.FullName, ".git"));
                if ((isRoot || Holds(folder, "*.csproj")) && Search(model, folder) is { } found)
                {
                    return found;
                }

                if (isRoot)
                {
                    break;
                }
            }
        }

        throw new ArtifactException($"No project above {string.Join(" or ", starts)} holds the source of {model.Name}. Say where the artifact belongs: artifact.Save(folder).");
    }

    private static bool Holds(DirectoryInfo folder, string pattern) => folder.Exists && folder.EnumerateFiles(pattern, Here).Any();

    private static (string, string)? Search(ModelDescription model, DirectoryInfo folder)
    {
        foreach (var manifest in Files(folder, model.ShortName + Artifact.ManifestEnding))
        {
            if (ModelOf(TextOrNothing(manifest)) == model.Name)
            {
                return (Path.GetDirectoryName(manifest)!, "where the model's manifest lies");
            }
        }

        foreach (var source in Files(folder, "*.cs"))
        {
            if (ModelSource.Declares(TextOrNothing(source), model))
            {
                return (Path.GetDirectoryName(source)!, "beside the model's source");
            }
        }

        return null;
    }

    private static string? ModelOf(string manifest)
    {
        try
        {
            using var json = JsonDocument.Parse(manifest);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String ? model.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A file that another program holds, or a link to nowhere, is no reason to stop the search.</summary>
    private static string TextOrNothing(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // In an order that no file system decides: of two that fit, the same one is taken every time.
    private static IEnumerable<string> Files(DirectoryInfo folder, string pattern) =>
        Directory.EnumerateFiles(folder.FullName, pattern, Below)
            .Where(path => !Path.GetRelativePath(folder.FullName, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git" or "artifacts"))
            .Order(StringComparer.Ordinal);
}
