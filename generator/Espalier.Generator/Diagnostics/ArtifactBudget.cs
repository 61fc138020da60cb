using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>The most bytes that a project allows the blob of each of its models.</summary>
/// <param name="Text">What the build property says, or empty.</param>
internal sealed record ArtifactBudget(string Text)
{
    public const string PropertyName = "EspalierArtifactBudget";

    private const string Property = "build_property." + PropertyName;

    /// <summary>The budget, or null when there is none or the text is no whole number above 0.</summary>
    public long? Bytes => long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes : null;

    public static ArtifactBudget Of(AnalyzerOptions options) =>
        new(options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Property, out var text) ? text.Trim() : "");
}
