using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>
/// The weights' transform of F(2×2, 3×3) and F(4×4, 3×3) in whole numbers: rows (1, 0, 0), (1, 1, 1), (1, −1, 1), for the larger (1, 2, 4) and (1, −2, 4), and (0, 0, 1).
/// They are Lavin and Gray's (2016) times what those divide by, which <see cref="Divisors"/> gives.
/// </summary>
internal static class WinogradWeights
{
    private static readonly double[] s_divisors2 = [1, 2, 2, 1];

    private static readonly double[] s_divisors4 = [4, -6, -6, 24, 24, 1];

    /// <summary>By row: how many times too large this transform is.</summary>
    public static double[] Divisors(int size) => size == 4 ? s_divisors4 : s_divisors2;

    /// <summary>A window of nine weights, to each position.</summary>
    // Compiled at once: packing ResNet-152 transforms three million windows, most of them before the JIT would have come back to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform<T>(int size, ReadOnlySpan<T> window, Span<T> transformed)
        where T : unmanaged, INumber<T>
    {
        var reach = size + 2;
        Span<T> between = stackalloc T[18];
        for (var x = 0; x < 3; x++)
        {
            Three(size, window[x], window[3 + x], window[6 + x], between[x..], 3);
        }

        for (var y = 0; y < reach; y++)
        {
            Three(size, between[3 * y], between[(3 * y) + 1], between[(3 * y) + 2], transformed[(y * reach)..], 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Three<T>(int size, T first, T second, T third, Span<T> to, int stride)
        where T : unmanaged, INumber<T>
    {
        var outer = first + third;
        to[0] = first;
        to[stride] = outer + second;
        to[2 * stride] = outer - second;
        if (size == 2)
        {
            to[3 * stride] = third;
            return;
        }

        var (twice, twiceThird) = (second + second, third + third);
        var even = first + twiceThird + twiceThird;
        to[3 * stride] = even + twice;
        to[4 * stride] = even - twice;
        to[5 * stride] = third;
    }
}
