using System;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Cuts a pruned convolution by tiles of pixels: all parts read the planes and the nonzeros, and each thread has room for a tile's results.</summary>
internal static class PlaneParts
{
    /// <param name="planes">The tiles.</param>
    /// <param name="most">Parts wanted.</param>
    /// <param name="make">Makes a part.</param>
    public static PackedConvolution[] Of(PlaneGeometry planes, int most, Func<ConvolutionPart, PackedConvolution> make)
    {
        var parts = new PackedConvolution[Math.Min(planes.Tiles, most)];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = make(new ConvolutionPart(ConvolutionPass.All, -1, i, parts.Length, 0, 1));
        }

        return parts;
    }
}
