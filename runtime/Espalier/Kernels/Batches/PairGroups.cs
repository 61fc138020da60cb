using System;
using System.Collections.Generic;

namespace Espalier.Kernels;

/// <summary>
/// Lists the nonzeros of integer rows in pairs, and the pairs in groups of one size whose products a kernel may add in 16 bits. With
/// activations from 0 to top, a group's sum stays between −top · Σ|w⁻| and top · Σw⁺; 16-bit additions wrap, so only these two ends
/// have to fit, whatever the order. A single pair always fits (2 · 127 · 127 = 32258). A group that its weights would break stays
/// short and is filled up with zeros, so no weights at all can break a kernel.
/// </summary>
internal sealed class PairGroups
{
    /// <summary>Beyond this, widening costs too little to matter.</summary>
    private const int MostPairs = 8;

    private PairGroups(int pairs, List<(int Column, sbyte Code)>[] rows) => (Pairs, Rows) = (pairs, rows);

    /// <summary>Pairs in a group: an even number, as kernels take two at a time.</summary>
    public int Pairs { get; }

    /// <summary>By row: the nonzeros in the order of the groups, filled up with zeros to whole groups.</summary>
    public List<(int Column, sbyte Code)>[] Rows { get; }

    /// <summary>The grouping that takes the fewest vector instructions: a pair takes six of them, and widening a group another six.</summary>
    public static PairGroups Cheapest(List<(int Column, sbyte Code)>[] rows, int top)
    {
        PairGroups? best = null;
        var least = long.MaxValue;
        for (var pairs = 2; pairs <= MostPairs; pairs += 2)
        {
            var groups = new PairGroups(pairs, Array.ConvertAll(rows, row => Group(row, top, 2 * pairs)));
            long slots = 0;
            foreach (var row in groups.Rows)
            {
                slots += row.Count;
            }

            var cost = slots / (2 * pairs) * ((6 * pairs) + 6);
            if (cost < least)
            {
                (best, least) = (groups, cost);
            }
        }

        return best!;
    }

    // Weights of both signs share a group where they can: each sign has a range of its own. The larger remainder goes first.
    private static List<(int Column, sbyte Code)> Group(List<(int Column, sbyte Code)> row, int top, int slots)
    {
        var positive = new Queue<(int Column, sbyte Code)>(row.FindAll(entry => entry.Code > 0));
        var negative = new Queue<(int Column, sbyte Code)>(row.FindAll(entry => entry.Code < 0));
        var grouped = new List<(int Column, sbyte Code)>();
        while (positive.Count + negative.Count > 0)
        {
            var (above, below) = (short.MaxValue / top, -short.MinValue / top);
            var end = grouped.Count + slots;
            while (grouped.Count < end)
            {
                var up = positive.Count > 0 && positive.Peek().Code <= above;
                var down = negative.Count > 0 && -negative.Peek().Code <= below;
                if (!up && !down)
                {
                    break;
                }

                var entry = up && (!down || positive.Count >= negative.Count) ? positive.Dequeue() : negative.Dequeue();
                above -= Math.Max((int)entry.Code, 0);
                below += Math.Min((int)entry.Code, 0);
                grouped.Add(entry);
            }

            while (grouped.Count < end)
            {
                grouped.Add(default);
            }
        }

        return grouped;
    }
}
