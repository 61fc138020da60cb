using System;

namespace Espalier;

/// <summary>
/// k-means with a price on bits (Chou, Lookabaugh and Gray, 1989): the reserved zero takes part, and each weight goes where squared error
/// and code length together are least, code lengths being those of the last round's frequencies.
/// </summary>
internal static class RateDistortion
{
    private const int Rounds = 8;

    /// <summary>Moves centroids and assigns weights.</summary>
    /// <param name="weights">Weights; those that are 0 stay so.</param>
    /// <param name="places">All places of the layer, 0 or not.</param>
    /// <param name="centroids">Without the reserved zero; moved in place.</param>
    /// <param name="rate">What a bit is worth in shares of the mean square of the weights that are not 0.</param>
    /// <returns>For each weight its centroid, −1 for zero.</returns>
    public static int[] Assign(ReadOnlySpan<float> weights, int places, float[] centroids, double rate)
    {
        var assignment = new int[weights.Length];
        var (square, kept) = (0.0, 0);
        foreach (var weight in weights)
        {
            square += (double)weight * weight;
            kept += weight != 0 ? 1 : 0;
        }

        if (kept == 0)
        {
            assignment.AsSpan().Fill(-1);
            return assignment;
        }

        var price = rate * square / kept;
        var bits = new double[centroids.Length + 1];
        bits.AsSpan().Fill(Math.Log2(centroids.Length * (double)places / kept));
        bits[0] = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (sums, counts) = (new double[centroids.Length], new int[centroids.Length]);
            for (var i = 0; i < weights.Length; i++)
            {
                var at = assignment[i] = weights[i] == 0 ? -1 : Cheapest(weights[i], centroids, bits, price);
                if (at >= 0)
                {
                    sums[at] += weights[i];
                    counts[at]++;
                }
            }

            if (round < Rounds - 1)
            {
                Move(centroids, bits, sums, counts, places);
            }
        }

        return assignment;
    }

    private static int Cheapest(float weight, float[] centroids, double[] bits, double price)
    {
        var (best, least) = (-1, ((double)weight * weight) + (price * bits[0]));
        for (var i = 0; i < centroids.Length; i++)
        {
            var cost = Math.Pow((double)weight - centroids[i], 2) + (price * bits[i + 1]);
            (best, least) = cost < least ? (i, cost) : (best, least);
        }

        return best;
    }

    private static void Move(float[] centroids, double[] bits, double[] sums, int[] counts, int places)
    {
        var taken = 0;
        for (var i = 0; i < centroids.Length; i++)
        {
            taken += counts[i];
            centroids[i] = counts[i] == 0 ? centroids[i] : (float)(sums[i] / counts[i]);

            // Half a member for those that have none, so that they may win some back.
            bits[i + 1] = Math.Log2(places / Math.Max(0.5, counts[i]));
        }

        bits[0] = -Math.Log2(Math.Max(0.5, places - taken) / places);
    }
}
