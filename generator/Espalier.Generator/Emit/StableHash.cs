using System.Globalization;

namespace Espalier.Generator.Emit;

/// <summary>A short hash of a text for names: FNV-1a, the same on every machine and in every run.</summary>
internal static class StableHash
{
    public static string Of(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 16777619u);
        }

        return hash.ToString("X8", CultureInfo.InvariantCulture);
    }
}
