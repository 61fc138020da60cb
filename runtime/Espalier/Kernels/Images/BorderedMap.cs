using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Copies a map into scratch with a border around it, so that every row of a window is a run of numbers and no window needs a test.</summary>
internal static class BorderedMap
{
    public static void Fill(ref byte input, int inputStride, ref byte map, ConvolutionGeometry geometry, int numberBytes, byte border)
    {
        var window = geometry.Window;
        var rowBytes = (uint)(geometry.MapWidth * geometry.Pitch * numberBytes);
        var side = (uint)(window.PaddingWidth * geometry.Pitch * numberBytes);
        var inside = (uint)(geometry.Width * geometry.Pitch * numberBytes);
        var aboveBytes = (uint)window.PaddingHeight * rowBytes;
        Unsafe.InitBlockUnaligned(ref map, border, aboveBytes);
        ref var row = ref Unsafe.Add(ref map, aboveBytes);
        for (var y = 0; y < geometry.Height; y++)
        {
            Unsafe.InitBlockUnaligned(ref row, border, side);
            ref var target = ref Unsafe.Add(ref row, side);
            if (inputStride == geometry.Pitch)
            {
                Unsafe.CopyBlockUnaligned(ref target, ref input, inside);
            }
            else
            {
                CloseGaps(ref input, inputStride, ref target, geometry.Width, geometry.Pitch, numberBytes);
            }

            Unsafe.InitBlockUnaligned(ref Unsafe.Add(ref target, inside), border, side);
            row = ref Unsafe.Add(ref row, rowBytes);
            input = ref Unsafe.Add(ref input, geometry.Width * inputStride * numberBytes);
        }

        // Integer kernels read a few codes past the last one; whatever lies there is multiplied by 0.
        Unsafe.InitBlockUnaligned(ref row, border, aboveBytes);
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
