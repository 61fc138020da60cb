using System.Globalization;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>How many random cases tests draw. An emulator takes minutes where a processor takes seconds, so <c>ESPALIER_EFFORT</c> can ask for a share, for example 0.2.</summary>
internal static class Effort
{
    private static readonly double s_share = Environment.GetEnvironmentVariable("ESPALIER_EFFORT") is { Length: > 0 } share ? double.Parse(share, CultureInfo.InvariantCulture) : 1;

    /// <summary>The share of so many, at least 1.</summary>
    public static int Of(int cases) => Math.Max(1, (int)Math.Round(cases * s_share));
}
