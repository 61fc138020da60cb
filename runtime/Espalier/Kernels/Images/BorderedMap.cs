using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Copies a map into scratch with a border around it, so that every row of a window is a run of numbers and no window needs a test.</summary>
internal static class BorderedMap
{
    /// <param name="input">The map.</param>
    /// <param name="inputStride">Numbers from one of its pixels to the next.</param>
    /// <param name="map">The copy, from its first row on.</param>
    /// <param name="geometry">The sizes of the map, its pitch, and the border before it.</param>
    /// <param name="firstRow">The first row of the copy to fill; rows do not touch each other's numbers.</param>
    /// <param name="endRow">The one behind the last.</param>
    /// <param name="width">Columns of the copy.</param>
    /// <param name="numberBytes">Bytes of a number.</param>
    /// <param name="border">Every byte of the border.</param>
    public static void Fill(ref byte input, int inputStride, ref byte map, ConvolutionGeometry geometry, int firstRow, int endRow, int width, int numberBytes, byte border)
    {
        var window = geometry.Window;
        var pixelBytes = geometry.Pitch * numberBytes;
        var columns = System.Math.Min(geometry.Width, width - window.PaddingWidth);
        var (left, inside, right) = ((uint)(window.PaddingWidth * pixelBytes), (uint)(columns * pixelBytes), (uint)((width - window.PaddingWidth - columns) * pixelBytes));
        var (above, below) = (System.Math.Clamp(window.PaddingHeight, firstRow, endRow), System.Math.Clamp(window.PaddingHeight + geometry.Height, firstRow, endRow));
        map = ref Unsafe.Add(ref map, firstRow * width * pixelBytes);
        var rows = (uint)((above - firstRow) * width * pixelBytes);
        Unsafe.InitBlockUnaligned(ref map, border, rows);
        map = ref Unsafe.Add(ref map, rows);
        for (var y = above; y < below; y++)
        {
            ref var row = ref Unsafe.Add(ref input, (y - window.PaddingHeight) * geometry.Width * inputStride * numberBytes);
            Unsafe.InitBlockUnaligned(ref map, border, left);
            map = ref Unsafe.Add(ref map, left);
            if (inputStride == geometry.Pitch)
            {
                Unsafe.CopyBlockUnaligned(ref map, ref row, inside);
            }
            else
            {
                CloseGaps(ref row, inputStride, ref map, columns, geometry.Pitch, numberBytes);
            }

            map = ref Unsafe.Add(ref map, inside);
            Unsafe.InitBlockUnaligned(ref map, border, right);
            map = ref Unsafe.Add(ref map, right);
        }

        Unsafe.InitBlockUnaligned(ref map, border, (uint)((endRow - below) * width * pixelBytes));
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
