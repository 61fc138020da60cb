using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Copies a map into scratch with a border around it, so that every row of a window is a run of numbers and no window needs a test.</summary>
internal static class BorderedMap
{
    /// <param name="input">The map.</param>
    /// <param name="inputStride">Numbers from one of its pixels to the next.</param>
    /// <param name="map">The copy.</param>
    /// <param name="geometry">The sizes of the map, its pitch, and the border before it.</param>
    /// <param name="height">Rows of the copy.</param>
    /// <param name="width">Columns of the copy.</param>
    /// <param name="numberBytes">Bytes of a number.</param>
    /// <param name="border">Every byte of the border.</param>
    public static void Fill(ref byte input, int inputStride, ref byte map, ConvolutionGeometry geometry, int height, int width, int numberBytes, byte border)
    {
        var window = geometry.Window;
        var pixelBytes = geometry.Pitch * numberBytes;
        var rows = System.Math.Min(geometry.Height, height - window.PaddingHeight);
        var columns = System.Math.Min(geometry.Width, width - window.PaddingWidth);
        var (left, inside, right) = ((uint)(window.PaddingWidth * pixelBytes), (uint)(columns * pixelBytes), (uint)((width - window.PaddingWidth - columns) * pixelBytes));
        var above = (uint)(window.PaddingHeight * width * pixelBytes);
        Unsafe.InitBlockUnaligned(ref map, border, above);
        map = ref Unsafe.Add(ref map, above);
        for (var y = 0; y < rows; y++)
        {
            Unsafe.InitBlockUnaligned(ref map, border, left);
            map = ref Unsafe.Add(ref map, left);
            if (inputStride == geometry.Pitch)
            {
                Unsafe.CopyBlockUnaligned(ref map, ref input, inside);
            }
            else
            {
                CloseGaps(ref input, inputStride, ref map, columns, geometry.Pitch, numberBytes);
            }

            map = ref Unsafe.Add(ref map, inside);
            Unsafe.InitBlockUnaligned(ref map, border, right);
            map = ref Unsafe.Add(ref map, right);
            input = ref Unsafe.Add(ref input, geometry.Width * inputStride * numberBytes);
        }

        Unsafe.InitBlockUnaligned(ref map, border, (uint)((height - window.PaddingHeight - rows) * width * pixelBytes));
    }

    private static void CloseGaps(ref byte from, int fromStride, ref byte to, int pixels, int toStride, int numberBytes)
    {
        var (fromBytes, toBytes) = (fromStride * numberBytes, toStride * numberBytes);
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            for (var i = 0; i < toBytes; i++)
            {
                Unsafe.Add(ref to, i) = Unsafe.Add(ref from, i);
            }

            from = ref Unsafe.Add(ref from, fromBytes);
            to = ref Unsafe.Add(ref to, toBytes);
        }
    }
}
