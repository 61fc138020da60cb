using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>The one ordered list of dialects, slowest first in each family of processors.</summary>
internal static class DialectList
{
    private static readonly Dialect[] All =
    {
        new PortableDialect(),
        new Ssse3Dialect(),
        new Avx2Dialect(),
        new AvxVnniDialect(),
        new Avx512Dialect(),
        new Avx512VbmiDialect(),
        new AdvSimdDialect(),
        new AdvSimdDpDialect(),
    };

    /// <summary>The fastest dialect that a tier has and whose vectors are no wider than asked.</summary>
    public static Dialect For(Tier tier, int lanes = int.MaxValue) => All.Last(dialect => dialect.RunsOn(tier) && dialect.Lanes <= lanes);

    /// <summary>The fastest dialect that a tier has and that adds products to 32-bit sums at once: that of integer plans of depth 0.</summary>
    public static Dialect Accumulating(Tier tier) => All.Last(dialect => dialect.RunsOn(tier) && dialect.Accumulates);
}
