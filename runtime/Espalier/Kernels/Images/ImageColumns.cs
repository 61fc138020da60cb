using System;

namespace Espalier.Kernels;

/// <summary>Where a dense layer's columns lie when an image enters it channels last: its weights count channel by channel.</summary>
public static class ImageColumns
{
    /// <summary>By column, its place in the image; empty where both orders are the same.</summary>
    /// <param name="channels">Channels.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static ReadOnlyMemory<int> Order(int channels, int height, int width)
    {
        var pixels = height * width;
        if (channels == 1 || pixels == 1)
        {
            return default;
        }

        var places = new int[checked(channels * pixels)];
        for (var column = 0; column < places.Length; column++)
        {
            var (channel, pixel) = (column / pixels, column % pixels);
            places[column] = (pixel * channels) + channel;
        }

        return places;
    }
}
