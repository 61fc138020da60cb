using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Dialects;

/// <summary>The one ordered list of dialects, slowest first.</summary>
internal static class DialectList
{
    private static readonly Dialect[] All =
    {
        new PortableDialect(),
        new Ssse3Dialect(),
        new Avx2Dialect(),
        new Avx512Dialect(),
        new Avx512VbmiDialect(),
    };

    /// <summary>The fastest dialect that a tier has and whose vectors are no wider than asked.</summary>
    public static Dialect For(Tier tier, int lanes = int.MaxValue) => All.Last(dialect => dialect.Tier <= tier && dialect.Lanes <= lanes);
}
