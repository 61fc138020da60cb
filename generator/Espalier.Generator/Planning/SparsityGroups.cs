using System;

namespace Espalier.Planning;

/// <summary>N:M sparsity: of every M inputs that follow each other an output keeps N weights.</summary>
internal static class SparsityGroups
{
    /// <summary>M of <c>Structure = Grouped</c> where the attribute does not say.</summary>
    public const int DefaultSize = 4;

    public const int SmallestSize = 2;

    /// <summary>How far (1 - sparsity) · M may be from a whole number: 0.67 means 1 of 3, for thirds have no decimals.</summary>
    private const double Tolerance = 0.02;

    /// <summary>N; null where there are no groups, or where the sparsity leaves no whole number of at least 1 and less than M.</summary>
    public static int? Kept(double sparsity, int groupSize)
    {
        if (groupSize < SmallestSize || !(sparsity > 0 && sparsity < 1))
        {
            return null;
        }

        var kept = (1 - sparsity) * groupSize;
        var whole = (int)Math.Round(kept);
        return whole >= 1 && whole < groupSize && Math.Abs(kept - whole) <= Tolerance ? whole : null;
    }

    /// <summary>Whether inputs fall into whole groups.</summary>
    public static bool Divides(int groupSize, int inputs) => groupSize >= SmallestSize && inputs % groupSize == 0;
}
