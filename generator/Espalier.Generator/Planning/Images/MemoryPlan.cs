using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// Where everything lies that a network needs beyond its weights: one block, laid out before anything runs. Memory is used again as soon as the
/// last step that needs it is over.
/// </summary>
internal sealed class MemoryPlan
{
    /// <summary>Everything starts at a multiple of this.</summary>
    public const int Alignment = 64;

    /// <summary>Sizes avoid multiples of <see cref="Page"/> by this, so that neighbours do not start at the same place of a page.</summary>
    public const int Stagger = 128;

    /// <summary>Addresses that agree modulo this look alike to the first-level cache: loads wait for stores (up to 3x slower for small layers).</summary>
    public const int Page = 4096;

    private MemoryPlan(int[] offsets, int size, int least)
    {
        Offsets = offsets;
        Size = size;
        LeastSize = least;
    }

    /// <summary>By request, its first byte in the block.</summary>
    public IReadOnlyList<int> Offsets { get; }

    /// <summary>Bytes of the block.</summary>
    public int Size { get; }

    /// <summary>What the busiest step needs at once, padding counted: no plan is smaller.</summary>
    public int LeastSize { get; }

    /// <summary>
    /// Plans a block. Placing the largest first, each in the smallest gap that holds it, is nearly always as small as the busiest step allows (Pisarchyk
    /// and Lee 2020); where it is not, a bounded search in order of time looks for a plan of that size.
    /// </summary>
    /// <exception cref="OverflowException">More than 2 GiB would be needed.</exception>
    public static MemoryPlan Of(IReadOnlyList<MemoryRequest> requests)
    {
        var padded = requests.Select(request => request with { Bytes = Padded(request.Bytes) }).ToArray();
        var least = Least(padded);
        var offsets = LargestFirst(padded);
        if (SizeOf(padded, offsets) > least && new MemorySearch(padded, least).Find() is { } found)
        {
            offsets = found;
        }

        return new MemoryPlan(offsets, SizeOf(padded, offsets), least);
    }

    /// <summary>Rounded up to <see cref="Alignment"/>; what is a page or more never ends within <see cref="Stagger"/> bytes of a whole number of pages.</summary>
    public static int Padded(int bytes)
    {
        var whole = checked((bytes + Alignment - 1) / Alignment * Alignment);
        var rest = whole % Page;
        return whole < Page ? whole : rest < Stagger ? checked(whole + Stagger - rest) : rest > Page - Stagger ? checked(whole + Page - rest + Stagger) : whole;
    }

    private static int Least(MemoryRequest[] requests)
    {
        var least = 0;
        foreach (var request in requests)
        {
            // The busiest step is the first of some request.
            var sum = 0;
            foreach (var other in requests)
            {
                sum = checked(sum + (other.First <= request.First && request.First <= other.Last ? other.Bytes : 0));
            }

            least = Math.Max(least, sum);
        }

        return least;
    }

    private static int SizeOf(MemoryRequest[] requests, int[] offsets) => requests.Select((request, i) => offsets[i] + request.Bytes).DefaultIfEmpty(0).Max();

    private static int[] LargestFirst(MemoryRequest[] requests)
    {
        var offsets = new int[requests.Length];
        var placed = new List<int>();
        foreach (var at in Enumerable.Range(0, requests.Length).OrderByDescending(i => requests[i].Bytes).ThenBy(i => requests[i].First))
        {
            var gaps = MemoryGaps.Of(requests, offsets, placed, at, int.MaxValue);
            var best = gaps[0];
            foreach (var gap in gaps)
            {
                best = gap.Length < best.Length ? gap : best;
            }

            offsets[at] = best.Start;
            placed.Add(at);
        }

        return offsets;
    }
}
