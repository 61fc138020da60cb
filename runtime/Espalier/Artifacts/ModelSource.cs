using System.Linq;
using System.Text.RegularExpressions;

namespace Espalier;

/// <summary>Recognises the file that declares a model, without a compiler: a class of that name and namespace, and a <c>Sequential</c>.</summary>
internal static class ModelSource
{
    public static bool Declares(string source, ModelDescription model)
    {
        if (!source.Contains(model.ShortName, System.StringComparison.Ordinal) || !source.Contains("Sequential", System.StringComparison.Ordinal))
        {
            return false;
        }

        var code = Regex.Replace(source, @"//[^\n]*|/\*.*?\*/", " ", RegexOptions.Singleline);
        return Regex.IsMatch(code, @"\bSequential(Attribute)?\b") && IsDeclared(code, "class", model.ShortName) && IsInNamespace(code, model);
    }

    /// <summary>What precedes the class in the full name is a namespace of the file, then namespaces or classes that the file opens too.</summary>
    private static bool IsInNamespace(string code, ModelDescription model)
    {
        var owner = model.Name[..^model.ShortName.Length].TrimEnd('.', '+').Replace('+', '.');
        var namespaces = Regex.Matches(code, @"\bnamespace\s+([\w.@]+)").Select(match => match.Groups[1].Value.Replace("@", ""));
        return namespaces.DefaultIfEmpty("").Any(start =>
            (start.Length == 0 || owner == start || owner.StartsWith(start + ".", System.StringComparison.Ordinal))
            && owner[start.Length..].Split('.', System.StringSplitOptions.RemoveEmptyEntries).All(part => IsDeclared(code, "(class|struct|record|interface|namespace)", part)));
    }

    // Whole words: class Net is not class NetWide.
    private static bool IsDeclared(string code, string keyword, string name) => Regex.IsMatch(code, $@"\b{keyword}\s+@?{Regex.Escape(name)}(?!\w)");
}
