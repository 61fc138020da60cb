using CsCheck;
using Espalier.Kernels;
using Xunit;

namespace Espalier.Tests.Images;

/// <summary>Nonzeros that are dealt out keep every 16-bit sum in range, and none is lost.</summary>
public class SparsePairsTests
{
    [Fact]
    public void HalvesOfGroupsFitSixteenBits()
    {
        var weights = Gen.OneOf(Gen.Int[-127, 127], Gen.Int[100, 127], Gen.Int[-127, -100], Gen.Int[1, 20]);
        Gen.Select(weights.Array[0, 200], Gen.Int[1, 6], Gen.OneOfConst(127, 127, 63, 15)).Sample((values, pairs, top) =>
        {
            var nonzeros = values.Where(value => value != 0).Select((value, i) => new SparseWeight(7 * i, (sbyte)value)).ToArray();
            var (order, groups, twos) = SparsePairs.Deal(nonzeros, pairs, top);
            Assert.Equal((groups * 4 * pairs) + (twos * 4), order.Count);
            Assert.Equal(nonzeros.OrderBy(nonzero => nonzero.Offset), order.Where(nonzero => nonzero.Weight != 0).OrderBy(nonzero => nonzero.Offset));
            foreach (var half in order.Take(groups * 4 * pairs).Chunk(2 * pairs))
            {
                Assert.True(top * half.Sum(nonzero => Math.Max(0, (int)nonzero.Weight)) <= short.MaxValue);
                Assert.True(top * half.Sum(nonzero => Math.Min(0, (int)nonzero.Weight)) >= short.MinValue);
            }
        });
    }

    [Fact]
    public void WeightsThatPruningLeavesFillGroups()
    {
        // 85 % of evenly distributed weights are gone: those that stay are 108 to 127, half of them below 0.
        var random = new Random(5);
        var nonzeros = Enumerable.Range(0, 691).Select(i => new SparseWeight(i, (sbyte)(random.Next(108, 128) * (i % 2 == 0 ? 1 : -1)))).ToArray();
        var (_, groups, twos) = SparsePairs.Deal(nonzeros, 2, 127);
        Assert.Equal((86, 1), (groups, twos));
    }
}
