using System.Globalization;

namespace Espalier.Corpus.Tests;

/// <summary>How many sets a run makes: <c>ESPALIER_EFFORT</c> is a share of the usual number, and above 1 for more.</summary>
internal static class Effort
{
    private static readonly double s_share = Environment.GetEnvironmentVariable("ESPALIER_EFFORT") is { Length: > 0 } share ? double.Parse(share, CultureInfo.InvariantCulture) : 1;

    /// <summary>The share of so many, at least 1.</summary>
    public static int Of(int cases) => Math.Max(1, (int)Math.Round(cases * s_share));
}
