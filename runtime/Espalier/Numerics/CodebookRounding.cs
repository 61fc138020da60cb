using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Espalier.Numerics;

namespace Espalier;

/// <summary>
/// Rounds arrays of floats to the centroids of a codebook, wherever those lie. Seeded: the same seed and the same calls give the same bits on every processor. Not
/// thread-safe: give each thread its own.
/// </summary>
public sealed class CodebookRounding
{
    private readonly float[] _centroids;
    private readonly RandomLanes _random;

    /// <param name="centroids">The codebook: 1 to 256 finite numbers, ascending, none twice.</param>
    /// <param name="rounding">To the nearest centroid, or up and down by chance.</param>
    /// <param name="draw">How random numbers are drawn; without meaning for nearest rounding.</param>
    /// <param name="seed">Where the random numbers start.</param>
    /// <exception cref="ArgumentException">There are no centroids or more than 256, or they are not finite and ascending.</exception>
    public CodebookRounding(ReadOnlySpan<float> centroids, Rounding rounding, RandomDraw draw = RandomDraw.Fresh, ulong seed = 1)
    {
        if (centroids.Length is 0 or > 256)
        {
            throw new ArgumentException($"A codebook has 1 to 256 centroids, but {centroids.Length} were given.", nameof(centroids));
        }

        for (var i = 0; i < centroids.Length; i++)
        {
            if (!float.IsFinite(centroids[i]) || (i > 0 && !(centroids[i - 1] < centroids[i])))
            {
                throw new ArgumentException($"Centroid {i} is {centroids[i]}; centroids are finite and ascend.", nameof(centroids));
            }
        }

        (_centroids, Rounding, Draw, _random) = (centroids.ToArray(), rounding, draw, new RandomLanes(seed));
    }

    /// <summary>To the nearest centroid, or up and down by chance.</summary>
    public Rounding Rounding { get; }

    /// <summary>How random numbers are drawn.</summary>
    public RandomDraw Draw { get; }

    /// <summary>Rounds in place: stochastically so that the mean is the number itself. What lies beyond the codebook goes to its end, NaN to its first centroid.</summary>
    /// <param name="values">Any number of floats.</param>
    public void Round(Span<float> values)
    {
        var whole = values.Length & -RandomLanes.Count;
        Whole(values[..whole]);
        if (whole < values.Length)
        {
            Span<float> rest = stackalloc float[RandomLanes.Count];
            rest.Clear();
            values[whole..].CopyTo(rest);
            Whole(rest);
            rest[..(values.Length - whole)].CopyTo(values[whole..]);
        }
    }

    /// <summary>The scalar twin: the centroid of one number; nearest where there is no random number.</summary>
    internal static float Twin(ReadOnlySpan<float> centroids, float value, uint? random)
    {
        var (low, high) = (centroids[0], centroids[0]);
        for (var i = 0; i < centroids.Length && centroids[i] <= value; i++)
        {
            (low, high) = (centroids[i], centroids[Math.Min(i + 1, centroids.Length - 1)]);
        }

        var share = random is { } draw ? (draw >> 8) * (1f / (1 << 24)) : 0.5f;
        return value - low > share * (high - low) ? high : low;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Whole(Span<float> values)
    {
        var (isRandom, isShared) = (Rounding == Rounding.Stochastic, Draw == RandomDraw.Shared);
        ref var first = ref MemoryMarshal.GetReference(values);
        ref var state = ref _random.Current;
        var (x, y, z, w) = (state.X, state.Y, state.Z, state.W);
        var last = _centroids.Length - 1;
        for (nuint i = 0; i < (nuint)values.Length; i += RandomLanes.Count)
        {
            if (isRandom && (!isShared || i % GridKernel.SharedBlock == 0))
            {
                RandomLanes.Next(ref x, ref y, ref z, ref w);
            }

            var value = Vector512.LoadUnsafe(ref first, i);
            var (low, high) = (Vector512.Create(_centroids[0]), Vector512.Create(_centroids[0]));

            // Codebooks are short: going through all centroids needs no branch on the numbers.
            for (var c = 0; c <= last; c++)
            {
                var centroid = Vector512.Create(_centroids[c]);
                var reached = Vector512.LessThanOrEqual(centroid, value);
                low = Vector512.ConditionalSelect(reached, centroid, low);
                high = Vector512.ConditionalSelect(reached, Vector512.Create(_centroids[Math.Min(c + 1, last)]), high);
            }

            var share = isRandom ? Vector512.ConvertToSingle((w >>> 8).AsInt32()) * (1f / (1 << 24)) : Vector512.Create(0.5f);
            Vector512.ConditionalSelect(Vector512.GreaterThan(value - low, share * (high - low)), high, low).StoreUnsafe(ref first, i);
        }

        (state.X, state.Y, state.Z, state.W) = (x, y, z, w);
    }
}
