using Espalier.Kernels;
using Xunit;

namespace Espalier.Integration.Tests.Kernels;

/// <summary>The proof that the kernels for blocks rest on: every group fits 16 bits at both ends, and no weight is lost.</summary>
public class PairGroupTests
{
    [Theory]
    [InlineData(127, 127, 127)]
    [InlineData(127, 1, 127)]
    [InlineData(127, 1, 20)]
    [InlineData(127, 1, 1)]
    [InlineData(15, 1, 127)]
    [InlineData(255, 1, 63)]
    public void GroupsFitSixteenBitsAndHoldEveryWeightOnce(int top, int lowest, int highest)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, random.Next(120))
                .Select(column => (Column: column, Code: (sbyte)(random.Next(lowest, highest + 1) * (random.Next(seed % 4 == 0 ? 1 : 2) == 0 ? 1 : -1)))).ToList()).ToArray();
            foreach (var row in rows)
            {
                var groups = PairGroups.Of([.. row], top);
                var entries = groups.Entries.ToArray();
                Assert.Equal(row.Order(), entries.Where(entry => entry.Code != 0).Order());
                Assert.Equal(2 * groups.Pairs, entries.Length);
                Assert.Equal((row.Count + 1) / 2, groups.Pairs);
                for (var group = 0; group < groups.Groups; group++)
                {
                    // The kernel's reading: the first groups have one pair more.
                    var slots = 2 * ((groups.Pairs / groups.Groups) + (group < groups.Pairs % groups.Groups ? 1 : 0));
                    Assert.InRange(top * entries.Take(slots).Sum(entry => Math.Max((int)entry.Code, 0)), 0, short.MaxValue);
                    Assert.InRange(top * entries.Take(slots).Sum(entry => Math.Min((int)entry.Code, 0)), short.MinValue, 0);
                    entries = entries[slots..];
                }

                Assert.Empty(entries);
            }
        }
    }
}
