using System;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>Cuts a depthwise convolution by rows of the result and, where those are too few, by channels as well: weights are few, and the map is read in its order.</summary>
internal static class DepthwiseParts
{
    /// <param name="layer">The layer.</param>
    /// <param name="most">Parts wanted.</param>
    /// <param name="make">Makes a part.</param>
    public static PackedConvolution[] Of(PackedConvolution layer, int most, Func<ConvolutionPart, PackedConvolution> make)
    {
        var rows = Math.Min(layer.Geometry.OutputHeight, most);
        var channels = Math.Min(Layout.Tiles(layer.Geometry.PaddedOutputs, layer.Shape.Rows), most / rows);
        var parts = new PackedConvolution[rows * channels];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = make(new ConvolutionPart(ConvolutionPass.All, -1, i % rows, rows, i / rows, channels));
        }

        return parts;
    }
}
