using System.Globalization;

namespace Benchmarks.Timing;

/// <summary>Measured numbers as text: three digits, as machines are noisier than that.</summary>
internal static class Numbers
{
    /// <summary>Three digits, or a word where nothing was measured.</summary>
    public static string Short(double? number) => number is not { } value || double.IsNaN(value)
        ? "missing"
        : value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);
}
