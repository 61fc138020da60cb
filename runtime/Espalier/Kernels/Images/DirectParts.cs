using System;

namespace Espalier.Kernels;

/// <summary>
/// Cuts a direct convolution by tiles of pixels or of output channels. A thread that has some of the channels reads their weights alone, but all of the map; one
/// that has some of the pixels the other way round. So the larger of the two is divided, and the other as well where tiles are too few.
/// </summary>
internal static class DirectParts
{
    /// <param name="layer">The layer.</param>
    /// <param name="pixelBytes">Bytes of the map that the kernel reads.</param>
    /// <param name="most">Parts wanted.</param>
    /// <returns>Shares of the pixels, and of the output channels.</returns>
    public static (int Pixels, int Channels) Of(PackedConvolution layer, long pixelBytes, int most)
    {
        var pixelTiles = (layer.Geometry.OutputPixels + layer.Shape.Slots - 1) / layer.Shape.Slots;
        var channelTiles = layer.Geometry.Tiles(layer.Shape.Rows);
        return layer.TableBytes < pixelBytes ? Divide(pixelTiles, channelTiles, most) : Swap(Divide(channelTiles, pixelTiles, most));
    }

    /// <summary>The first in as many as there may be; the second where that is too few.</summary>
    public static (int First, int Second) Divide(int first, int second, int most)
    {
        var parts = Math.Min(first, most);
        return (parts, Math.Min(second, most / parts));
    }

    private static (int Second, int First) Swap((int First, int Second) pair) => (pair.Second, pair.First);
}
