using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Espalier.Kernels;

/// <summary>The last image, channels last, leaves channel by channel: the other conversion of layout that a network has.</summary>
public static class ImageExit
{
    /// <summary>Hands the floats out.</summary>
    /// <param name="image">The image, floats.</param>
    /// <param name="scratch">The first byte of the block.</param>
    /// <param name="output">Room for channels · height · width numbers.</param>
    public static void Run(in ImageMap image, ref byte scratch, Span<float> output)
    {
        var pixels = image.Height * image.Width;
        ref var numbers = ref image.FloatsOf(ref scratch);
        if (pixels == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(ref numbers, image.Channels).CopyTo(output);
            return;
        }

        for (var channel = 0; channel < image.Channels; channel++)
        {
            var plane = output.Slice(channel * pixels, pixels);
            for (var pixel = 0; pixel < plane.Length; pixel++)
            {
                plane[pixel] = Unsafe.Add(ref numbers, (pixel * image.Stride) + channel);
            }
        }
    }
}
