using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Espalier;

/// <summary>Sums over the pixels of a channel, sixteen side by side on every machine: equal bits everywhere.</summary>
internal static class PixelSums
{
    private const int Lanes = 16;

    public static float Of(ReadOnlySpan<float> plane)
    {
        ref var first = ref MemoryMarshal.GetReference(plane);
        var sums = Vector512<float>.Zero;
        var i = 0;
        for (; i <= plane.Length - Lanes; i += Lanes)
        {
            sums += Vector512.LoadUnsafe(ref first, (nuint)i);
        }

        var sum = Added(sums);
        for (; i < plane.Length; i++)
        {
            sum += plane[i];
        }

        return sum;
    }

    /// <summary>Of one plane times the other.</summary>
    public static float OfProducts(ReadOnlySpan<float> plane, ReadOnlySpan<float> other)
    {
        ref var first = ref MemoryMarshal.GetReference(plane);
        ref var second = ref MemoryMarshal.GetReference(other[..plane.Length]);
        var sums = Vector512<float>.Zero;
        var i = 0;
        for (; i <= plane.Length - Lanes; i += Lanes)
        {
            sums += Vector512.LoadUnsafe(ref first, (nuint)i) * Vector512.LoadUnsafe(ref second, (nuint)i);
        }

        var sum = Added(sums);
        for (; i < plane.Length; i++)
        {
            sum += plane[i] * other[i];
        }

        return sum;
    }

    /// <summary>Of the squares of the distances from a mean.</summary>
    public static float OfSquares(ReadOnlySpan<float> plane, float mean)
    {
        ref var first = ref MemoryMarshal.GetReference(plane);
        var (sums, means) = (Vector512<float>.Zero, Vector512.Create(mean));
        var i = 0;
        for (; i <= plane.Length - Lanes; i += Lanes)
        {
            var distance = Vector512.LoadUnsafe(ref first, (nuint)i) - means;
            sums += distance * distance;
        }

        var sum = Added(sums);
        for (; i < plane.Length; i++)
        {
            sum += (plane[i] - mean) * (plane[i] - mean);
        }

        return sum;
    }

    /// <summary>factor · number + shift; both may be the same memory.</summary>
    public static void Scale(ReadOnlySpan<float> plane, float factor, float shift, Span<float> target)
    {
        ref var first = ref MemoryMarshal.GetReference(plane);
        ref var to = ref MemoryMarshal.GetReference(target[..plane.Length]);
        var i = 0;
        for (; i <= plane.Length - Lanes; i += Lanes)
        {
            ((Vector512.LoadUnsafe(ref first, (nuint)i) * factor) + Vector512.Create(shift)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < plane.Length; i++)
        {
            target[i] = (plane[i] * factor) + shift;
        }
    }

    /// <summary>In one order, whatever the width of the machine's vectors.</summary>
    private static float Added(Vector512<float> sums)
    {
        var half = sums.GetLower() + sums.GetUpper();
        var quarter = half.GetLower() + half.GetUpper();
        return quarter[0] + quarter[1] + (quarter[2] + quarter[3]);
    }
}
