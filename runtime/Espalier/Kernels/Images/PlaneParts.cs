using System;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Cuts a pruned convolution by tiles of pixels: all parts read the planes and the nonzeros, and each thread has room for a tile's results.</summary>
internal static class PlaneParts
{
    public static PackedConvolution[][] Of(PlaneGeometry planes, InstructionTier tier, int threads, Func<ConvolutionPart, PackedConvolution> make)
    {
        if (tier == InstructionTier.Scalar)
        {
            return [];
        }

        var parts = new PackedConvolution[Math.Min(planes.Tiles, threads * CutConvolution.PerThread)];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = make(new ConvolutionPart(ConvolutionPass.All, -1, i, parts.Length, 0, 1));
        }

        return [parts];
    }
}
