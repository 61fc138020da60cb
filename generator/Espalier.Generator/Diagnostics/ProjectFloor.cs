using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Espalier.Generator.Diagnostics;

/// <summary>The accuracy floor that a project sets for all models that have none of their own.</summary>
/// <param name="Text">What the build property says, or empty.</param>
internal sealed record ProjectFloor(string Text)
{
    public const string PropertyName = "EspalierAccuracyFloor";

    private const string Property = "build_property." + PropertyName;

    /// <summary>The floor, or null when there is none or the text is no number.</summary>
    public double? Floor => double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var floor) ? floor : null;

    public static ProjectFloor Of(AnalyzerOptions options) =>
        new(options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Property, out var text) ? text.Trim() : "");

    /// <summary>Whether an artifact can be held against a floor. Written so that NaN fails too.</summary>
    public static bool IsShare(double floor) => floor >= 0 && floor <= 1;
}
