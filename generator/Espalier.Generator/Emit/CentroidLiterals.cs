using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit;

/// <summary>
/// Codebooks as C#: the only trained numbers that become text of a program. The blob carries all else, for the compiler pays for
/// literals (4 MiB of them took it 11.6 s and 2.5 GB, an embedded resource of that size 0.36 s).
/// </summary>
internal static class CentroidLiterals
{
    /// <summary>Bytes of literals that a model may have in all.</summary>
    public const int Budget = 4096;

    /// <summary>The initialiser's elements: one <c>sbyte</c>, so one byte of static data, for each centroid.</summary>
    public static string Text(EquatableArray<int> centroids) => string.Join(", ", centroids.Select(centroid => centroid.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Bytes of static data that the codebooks of a model come to.</summary>
    public static int Bytes(IEnumerable<EquatableArray<int>> codebooks) => codebooks.Sum(centroids => centroids.Count);
}
