using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>The free stretches of a block that hold a request for as long as it lives.</summary>
internal static class MemoryGaps
{
    /// <summary>The gaps that are large enough, by rising start.</summary>
    /// <param name="requests">All requests.</param>
    /// <param name="offsets">Where those lie that are placed.</param>
    /// <param name="placed">Which are placed.</param>
    /// <param name="at">The one to place.</param>
    /// <param name="capacity">The end of the block; <see cref="int.MaxValue"/> where it may grow.</param>
    public static List<(int Start, int Length)> Of(MemoryRequest[] requests, int[] offsets, List<int> placed, int at, int capacity)
    {
        var gaps = new List<(int Start, int Length)>();
        var end = 0;
        foreach (var other in placed.Where(other => requests[other].Meets(requests[at])).OrderBy(other => offsets[other]))
        {
            Add(gaps, end, offsets[other] - end, requests[at].Bytes);
            end = Math.Max(end, offsets[other] + requests[other].Bytes);
        }

        Add(gaps, end, capacity - end, requests[at].Bytes);
        return gaps;
    }

    private static void Add(List<(int Start, int Length)> gaps, int start, int length, int wanted)
    {
        if (length >= wanted)
        {
            gaps.Add((start, length));
        }
    }
}
