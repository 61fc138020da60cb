using System;
using System.Collections.Generic;

namespace Espalier.Kernels;

/// <summary>
/// The nonzeros of one integer row in pairs, and the pairs in as few groups as keep the products of each within 16 bits. With
/// activations from 0 to top, a group's sum stays between −top · Σ|w⁻| and top · Σw⁺; 16-bit additions wrap, so only these two ends
/// have to fit, whatever the order. A single pair always fits (2 · 127 · 127 = 32258), so there are groups for all weights.
/// Groups of a row differ by one pair at most: no pair is added to fill one up (groups of one size for a whole layer held 6 to 8 % more
/// pairs than weights need), and the sums are dealt out evenly.
/// </summary>
internal sealed class PairGroups
{
    /// <summary>Beyond this, widening costs too little to matter.</summary>
    private const int MostPairs = 8;

    private readonly List<(int Column, sbyte Code)>[] _groups;

    private PairGroups(int pairs, List<(int Column, sbyte Code)>[] groups) => (Pairs, _groups) = (pairs, groups);

    /// <summary>Pairs of all groups.</summary>
    public int Pairs { get; }

    /// <summary>Groups: the first ones have a pair more where they cannot all have equally many.</summary>
    public int Groups => _groups.Length;

    /// <summary>The nonzeros group by group, with a zero where one is left over.</summary>
    public IEnumerable<(int Column, sbyte Code)> Entries
    {
        get
        {
            foreach (var group in _groups)
            {
                foreach (var entry in group)
                {
                    yield return entry;
                }

                if (group.Count % 2 != 0)
                {
                    yield return default;
                }
            }
        }
    }

    /// <param name="row">The nonzeros; they are put in another order.</param>
    /// <param name="top">The largest activation code.</param>
    public static PairGroups Of(List<(int Column, sbyte Code)> row, int top)
    {
        var (above, below) = (0, 0);
        foreach (var (_, code) in row)
        {
            above += Math.Max((int)code, 0);
            below -= Math.Min((int)code, 0);
        }

        // Large weights choose first, while every group has room.
        row.Sort((left, right) => Math.Abs((int)right.Code).CompareTo(Math.Abs((int)left.Code)));
        var pairs = (row.Count + 1) / 2;
        var count = Math.Max(Ceiling(pairs, MostPairs), Math.Max(Ceiling(above, short.MaxValue / top), Ceiling(below, -short.MinValue / top)));
        while (true)
        {
            if (TryDeal(row, pairs, count, top) is { } groups)
            {
                return new PairGroups(pairs, groups);
            }

            // In steps of an eighth, as rows of large weights end with twice as many groups as their sum asks for; single pairs always fit.
            count = Math.Min(count + 1 + (count / 8), pairs);
        }
    }

    // Each weight joins the group that has most room left for its sign.
    private static List<(int Column, sbyte Code)>[]? TryDeal(List<(int Column, sbyte Code)> row, int pairs, int count, int top)
    {
        var groups = new List<(int Column, sbyte Code)>[count];
        var rooms = new (int Above, int Below)[count];
        for (var i = 0; i < count; i++)
        {
            (groups[i], rooms[i]) = ([], (short.MaxValue / top, -short.MinValue / top));
        }

        foreach (var entry in row)
        {
            var chosen = -1;
            for (var i = 0; i < count; i++)
            {
                if (groups[i].Count < Places(i) && (chosen < 0 || Room(i) > Room(chosen)))
                {
                    chosen = i;
                }
            }

            if (chosen < 0 || Room(chosen) < Math.Abs((int)entry.Code))
            {
                return null;
            }

            groups[chosen].Add(entry);
            rooms[chosen].Above -= Math.Max((int)entry.Code, 0);
            rooms[chosen].Below += Math.Min((int)entry.Code, 0);

            int Room(int group) => entry.Code > 0 ? rooms[group].Above : rooms[group].Below;
        }

        return groups;

        // An odd number of weights leaves one place free: it is the last group's, so that no other one ends on half a pair.
        int Places(int group) => (2 * ((pairs / count) + (group < pairs % count ? 1 : 0))) - (group == count - 1 ? row.Count % 2 : 0);
    }

    private static int Ceiling(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
