using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Espalier.Kernels;

/// <summary>Numbers of three channels become pixels of three numbers, a vector of pixels at a time: what a network's first convolution takes.</summary>
internal static class ColourPixels
{
    /// <summary>Pixels of a vector.</summary>
    private const int Pixels = 16;

    /// <summary>A shuffle gives 0 for it.</summary>
    private const byte No = 255;

    /// <summary>Codes, 16 pixels at a time.</summary>
    /// <param name="red">The first channel's codes.</param>
    /// <param name="green">The second's.</param>
    /// <param name="blue">The third's.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="target">Where the pixels go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(ref byte red, ref byte green, ref byte blue, int count, ref byte target)
    {
        var pixel = 0;
        for (; pixel <= count - Pixels; pixel += Pixels)
        {
            var r = Vector128.LoadUnsafe(ref red, (nuint)pixel);
            var g = Vector128.LoadUnsafe(ref green, (nuint)pixel);
            var b = Vector128.LoadUnsafe(ref blue, (nuint)pixel);
            var first = Vector128.Shuffle(r, Vector128.Create((byte)0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No, No, 5))
                | Vector128.Shuffle(g, Vector128.Create(No, 0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No, No))
                | Vector128.Shuffle(b, Vector128.Create(No, No, 0, No, No, 1, No, No, 2, No, No, 3, No, No, 4, No));
            var second = Vector128.Shuffle(r, Vector128.Create(No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No, 10, No))
                | Vector128.Shuffle(g, Vector128.Create((byte)5, No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No, 10))
                | Vector128.Shuffle(b, Vector128.Create(No, 5, No, No, 6, No, No, 7, No, No, 8, No, No, 9, No, No));
            var third = Vector128.Shuffle(r, Vector128.Create(No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15, No, No))
                | Vector128.Shuffle(g, Vector128.Create(No, No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15, No))
                | Vector128.Shuffle(b, Vector128.Create((byte)10, No, No, 11, No, No, 12, No, No, 13, No, No, 14, No, No, 15));
            var place = (nuint)(3 * pixel);
            first.StoreUnsafe(ref target, place);
            second.StoreUnsafe(ref target, place + Pixels);
            third.StoreUnsafe(ref target, place + (2 * Pixels));
        }

        for (; pixel < count; pixel++)
        {
            Unsafe.Add(ref target, 3 * pixel) = Unsafe.Add(ref red, pixel);
            Unsafe.Add(ref target, (3 * pixel) + 1) = Unsafe.Add(ref green, pixel);
            Unsafe.Add(ref target, (3 * pixel) + 2) = Unsafe.Add(ref blue, pixel);
        }
    }

    /// <summary>Floats, four pixels at a time.</summary>
    /// <param name="red">The first channel's floats.</param>
    /// <param name="green">The second's.</param>
    /// <param name="blue">The third's.</param>
    /// <param name="count">Pixels.</param>
    /// <param name="target">Where the pixels go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(ref float red, ref float green, ref float blue, int count, ref float target)
    {
        var pixel = 0;
        for (; pixel <= count - Vector128<float>.Count; pixel += Vector128<float>.Count)
        {
            var r = Vector128.LoadUnsafe(ref red, (nuint)pixel).AsUInt32();
            var g = Vector128.LoadUnsafe(ref green, (nuint)pixel).AsUInt32();
            var b = Vector128.LoadUnsafe(ref blue, (nuint)pixel).AsUInt32();
            var first = Vector128.Shuffle(r, Vector128.Create(0u, No, No, 1)) | Vector128.Shuffle(g, Vector128.Create(No, 0u, No, No)) | Vector128.Shuffle(b, Vector128.Create(No, No, 0u, No));
            var second = Vector128.Shuffle(g, Vector128.Create(1u, No, No, 2)) | Vector128.Shuffle(b, Vector128.Create(No, 1u, No, No)) | Vector128.Shuffle(r, Vector128.Create(No, No, 2u, No));
            var third = Vector128.Shuffle(b, Vector128.Create(2u, No, No, 3)) | Vector128.Shuffle(r, Vector128.Create(No, 3u, No, No)) | Vector128.Shuffle(g, Vector128.Create(No, No, 3u, No));
            var place = (nuint)(3 * pixel);
            first.AsSingle().StoreUnsafe(ref target, place);
            second.AsSingle().StoreUnsafe(ref target, place + 4);
            third.AsSingle().StoreUnsafe(ref target, place + 8);
        }

        for (; pixel < count; pixel++)
        {
            Unsafe.Add(ref target, 3 * pixel) = Unsafe.Add(ref red, pixel);
            Unsafe.Add(ref target, (3 * pixel) + 1) = Unsafe.Add(ref green, pixel);
            Unsafe.Add(ref target, (3 * pixel) + 2) = Unsafe.Add(ref blue, pixel);
        }
    }
}
