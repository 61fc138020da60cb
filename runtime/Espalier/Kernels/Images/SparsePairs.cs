using System.Collections.Generic;
using System.Linq;

namespace Espalier.Kernels;

/// <summary>A nonzero of an output channel.</summary>
/// <param name="Offset">From a pixel's place to the number that it multiplies.</param>
/// <param name="Weight">The weight's code.</param>
internal readonly record struct SparseWeight(int Offset, sbyte Weight);

/// <summary>
/// Deals the nonzeros of an output channel out to groups whose products may be added in 16 bits. A half of a group is so many pairs, and of its weights those above 0
/// and those below must each stay within what 16 bits hold, whatever the codes are and in whatever order they are added. What finds no place in a group goes by twos of
/// pairs, where each pair is widened by itself: two products always fit, as 2 · 127 · 127 does.
/// </summary>
internal static class SparsePairs
{
    /// <param name="nonzeros">The nonzeros.</param>
    /// <param name="pairs">Pairs of half a group.</param>
    /// <param name="top">The largest code.</param>
    /// <returns>Nonzeros in the kernel's order: whole groups first, then by fours, filled up with zeros at the first nonzero's offset; and how many groups and fours.</returns>
    public static (List<SparseWeight> Order, int Groups, int Twos) Deal(IReadOnlyList<SparseWeight> nonzeros, int pairs, int top)
    {
        var above = new Stacks(nonzeros.Where(nonzero => nonzero.Weight > 0));
        var below = new Stacks(nonzeros.Where(nonzero => nonzero.Weight < 0));
        var order = new List<SparseWeight>();
        var halves = 0;
        while (above.Count + below.Count >= 2 * pairs && Half(above, below, pairs, top) is { } half)
        {
            order.AddRange(half.OrderBy(nonzero => nonzero.Offset));
            halves++;
        }

        var rest = above.All().Concat(below.All()).ToList();
        if (halves % 2 > 0)
        {
            rest.AddRange(order.Skip(order.Count - (2 * pairs)));
            order.RemoveRange(order.Count - (2 * pairs), 2 * pairs);
        }

        rest.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        order.AddRange(rest);
        var missing = (4 - (rest.Count % 4)) % 4;
        order.AddRange(Enumerable.Repeat(new SparseWeight(rest.Count > 0 ? rest[0].Offset : 0, 0), missing));
        return (order, halves / 2, (rest.Count + missing) / 4);
    }

    /// <summary>The largest that still fit, of the sign that more are left of: small ones fit later, too. Null where too few fit; they are put back.</summary>
    private static List<SparseWeight>? Half(Stacks above, Stacks below, int pairs, int top)
    {
        var (roomAbove, roomBelow) = (short.MaxValue / top, -short.MinValue / top);
        var half = new List<SparseWeight>();
        while (half.Count < 2 * pairs)
        {
            var first = above.Count >= below.Count;
            if ((first ? above.Take(roomAbove) ?? below.Take(roomBelow) : below.Take(roomBelow) ?? above.Take(roomAbove)) is not { } next)
            {
                half.ForEach(nonzero => (nonzero.Weight > 0 ? above : below).Put(nonzero));
                return null;
            }

            half.Add(next);
            roomAbove -= System.Math.Max((int)next.Weight, 0);
            roomBelow += System.Math.Min((int)next.Weight, 0);
        }

        return half;
    }

    /// <summary>Nonzeros of one sign by magnitude.</summary>
    private sealed class Stacks
    {
        private readonly Stack<SparseWeight>[] _stacks = Enumerable.Range(0, 129).Select(_ => new Stack<SparseWeight>()).ToArray();

        public Stacks(IEnumerable<SparseWeight> nonzeros)
        {
            foreach (var nonzero in nonzeros.Reverse())
            {
                Put(nonzero);
            }
        }

        public int Count { get; private set; }

        public void Put(SparseWeight nonzero)
        {
            _stacks[System.Math.Abs((int)nonzero.Weight)].Push(nonzero);
            Count++;
        }

        /// <summary>The largest with no more than so much magnitude.</summary>
        public SparseWeight? Take(int room)
        {
            for (var magnitude = System.Math.Min(room, _stacks.Length - 1); magnitude > 0; magnitude--)
            {
                if (_stacks[magnitude].TryPop(out var nonzero))
                {
                    Count--;
                    return nonzero;
                }
            }

            return null;
        }

        public IEnumerable<SparseWeight> All() => _stacks.SelectMany(stack => stack);
    }
}
