using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// Looks for a plan that fits a block of a given size, in order of time: each request at either end of each gap. On a chain, where requests alternate
/// between both ends of the block, the first try is right; the number of tries is bounded, as finding the smallest block is NP-hard.
/// </summary>
internal sealed class MemorySearch
{
    private const int MostTries = 3_000;

    private readonly MemoryRequest[] _requests;
    private readonly int _capacity;
    private readonly int[] _order;
    private readonly int[] _offsets;
    private readonly List<int> _placed = new();
    private int _tries;

    /// <param name="requests">The requests, padded.</param>
    /// <param name="capacity">Bytes of the block.</param>
    public MemorySearch(MemoryRequest[] requests, int capacity)
    {
        _requests = requests;
        _capacity = capacity;
        _order = Enumerable.Range(0, requests.Length).OrderBy(i => requests[i].First).ThenByDescending(i => requests[i].Last).ThenByDescending(i => requests[i].Bytes).ToArray();
        _offsets = new int[requests.Length];
    }

    /// <summary>By request, its first byte; null when none was found.</summary>
    public int[]? Find() => Place(0) ? _offsets : null;

    private bool Place(int depth)
    {
        if (depth == _order.Length)
        {
            return true;
        }

        var at = _order[depth];
        foreach (var start in Starts(at))
        {
            if (++_tries > MostTries)
            {
                return false;
            }

            _offsets[at] = start;
            _placed.Add(at);
            if (Place(depth + 1))
            {
                return true;
            }

            _placed.RemoveAt(_placed.Count - 1);
        }

        return false;
    }

    /// <summary>Both ends of every gap, each place once: the ends of the block first, as they split nothing, then the smallest gaps.</summary>
    private int[] Starts(int at)
    {
        var bytes = _requests[at].Bytes;
        return MemoryGaps.Of(_requests, _offsets, _placed, at, _capacity)
            .OrderBy(gap => gap.Length)
            .SelectMany(gap => new[] { gap.Start, gap.Start + gap.Length - bytes })
            .Distinct()
            .OrderBy(start => start == 0 || start + bytes == _capacity ? 0 : 1)
            .ToArray();
    }
}
