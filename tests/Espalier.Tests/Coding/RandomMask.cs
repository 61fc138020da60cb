namespace Espalier.Tests.Coding;

/// <summary>Layers of random ranks, and what a code that knows their density, but nothing else, would need.</summary>
internal static class RandomMask
{
    /// <summary>Ranks from −<paramref name="negative"/> to <paramref name="positive"/>, 0 for the share that is pruned.</summary>
    public static short[] Ranks(int seed, int rows, int columns, double density, int positive = 1, int negative = 0, Func<int, int, bool>? isDead = null)
    {
        var random = new Random(seed);
        var ranks = new short[rows * columns];
        for (var i = 0; i < ranks.Length; i++)
        {
            if (random.NextDouble() < density && isDead?.Invoke(i / columns, i % columns) != true)
            {
                var rank = random.Next(positive + negative) - negative;
                ranks[i] = (short)(rank >= 0 ? rank + 1 : rank);
            }
        }

        return ranks;
    }

    /// <summary>Bits of an ideal code for places that are independent of each other, the density known.</summary>
    public static double EntropyBits(short[] ranks)
    {
        var (count, kept) = ((double)ranks.Length, (double)ranks.Count(rank => rank != 0));
        return kept == 0 || kept == count ? 0 : -(kept * Math.Log2(kept / count)) - ((count - kept) * Math.Log2(1 - (kept / count)));
    }

    public static byte[] Written(short[] ranks, int rows)
    {
        var writer = new Espalier.Coding.BitWriter();
        Espalier.Coding.RangeCodedWeights.Write(writer, ranks, rows);
        return writer.ToArray();
    }
}
