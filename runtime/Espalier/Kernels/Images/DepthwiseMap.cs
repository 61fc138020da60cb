using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Copies a map for a depthwise convolution, so that a pixel has a number for each output channel: that of its input channel, and 0 behind the last.</summary>
internal static class DepthwiseMap
{
    /// <param name="input">The map.</param>
    /// <param name="inputStride">Numbers from one of its pixels to the next.</param>
    /// <param name="copy">The copy, from its first row on.</param>
    /// <param name="geometry">The sizes of both.</param>
    /// <param name="firstRow">The first row to copy.</param>
    /// <param name="endRow">The one behind the last.</param>
    public static void Fill<T>(ref T input, int inputStride, ref T copy, DepthwiseGeometry geometry, int firstRow, int endRow)
        where T : unmanaged
    {
        var (outputs, width, multiplier) = (geometry.Convolution.Outputs, geometry.Convolution.Width, geometry.Multiplier);
        for (var pixel = firstRow * width; pixel < endRow * width; pixel++)
        {
            ref var from = ref Unsafe.Add(ref input, pixel * inputStride);
            ref var to = ref Unsafe.Add(ref copy, pixel * geometry.Pitch);
            for (var output = 0; output < outputs;)
            {
                for (var end = output + multiplier; output < end; output++)
                {
                    Unsafe.Add(ref to, output) = from;
                }

                from = ref Unsafe.Add(ref from, 1);
            }

            for (var output = outputs; output < geometry.Pitch; output++)
            {
                Unsafe.Add(ref to, output) = default;
            }
        }
    }
}
