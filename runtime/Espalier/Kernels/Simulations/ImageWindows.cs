using System;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>The numbers under a window of an image that stands channel by channel, row by row.</summary>
internal static class ImageWindows
{
    /// <summary>Copies what lies under a convolution's window, in the order of a row of weights: channel, row, column.</summary>
    /// <param name="image">The image.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="window">How the window moves.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="place">Row and column of the window among all windows.</param>
    /// <param name="border">What stands around the image.</param>
    /// <param name="numbers">Room for so many channels.</param>
    public static void Gather<T>(ReadOnlySpan<T> image, TensorShape shape, WindowGeometry window, int first, (int Row, int Column) place, T border, Span<T> numbers)
    {
        var (top, left) = ((place.Row * window.StrideHeight) - window.PaddingHeight, (place.Column * window.StrideWidth) - window.PaddingWidth);
        var at = 0;
        for (var channel = first; at < numbers.Length; channel++)
        {
            for (var y = 0; y < window.Height; y++)
            {
                var row = top + (y * window.DilationHeight);
                var inside = (uint)row < (uint)shape.Height;
                var start = ((channel * shape.Height) + row) * shape.Width;
                for (var x = 0; x < window.Width; x++)
                {
                    var column = left + (x * window.DilationWidth);
                    numbers[at++] = inside && (uint)column < (uint)shape.Width ? image[start + column] : border;
                }
            }
        }
    }

    /// <summary>A window of a pool, without what lies outside of the image, and the numbers that a mean with padding divides by.</summary>
    /// <remarks>As PyTorch counts: padding belongs to the window, what lies beyond it (a last window may reach there) does not.</remarks>
    public static (int Top, int Bottom, int Left, int Right, int Padded) Clip(TensorShape shape, WindowGeometry window, int row, int column)
    {
        var (top, left) = ((row * window.StrideHeight) - window.PaddingHeight, (column * window.StrideWidth) - window.PaddingWidth);
        var (bottom, right) = (Math.Min(top + window.Height, shape.Height + window.PaddingHeight), Math.Min(left + window.Width, shape.Width + window.PaddingWidth));
        var padded = (bottom - top) * (right - left);
        return (Math.Max(0, top), Math.Min(bottom, shape.Height), Math.Max(0, left), Math.Min(right, shape.Width), padded);
    }
}
