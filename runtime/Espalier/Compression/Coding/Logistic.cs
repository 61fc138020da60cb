using Espalier.Numerics;

namespace Espalier.Coding;

/// <summary>
/// Probabilities and their log odds, as tables of integers: encoder and decoder must agree to the last bit on every processor, which
/// no floating-point arithmetic of a library promises.
/// </summary>
internal static class Logistic
{
    /// <summary>Log odds lie from −Limit to Limit, in steps of 1/256: probabilities from 1/2981 up.</summary>
    public const int Limit = 2047;

    /// <summary>Log odds of a probability in 4096ths.</summary>
    public static readonly short[] Stretch = new short[4096];

    /// <summary>By log odds + 2048, the probability in 65536ths.</summary>
    public static readonly ushort[] Squash = new ushort[4096];

    static Logistic()
    {
        for (var at = 0; at < Squash.Length; at++)
        {
            Squash[at] = (ushort)(65536 * DeterministicMath.Sigmoid((at - 2048) / 256f));
        }

        // The inverse, from the same table: the first log odds whose probability is no smaller.
        var odds = -Limit;
        for (var at = 0; at < Stretch.Length; at++)
        {
            for (; odds < Limit && Squash[odds + 2048] < (at << 4) + 8; odds++)
            {
            }

            Stretch[at] = (short)odds;
        }
    }
}
