using System;
using Espalier.Kernels;
using Espalier.Planning;

namespace Espalier;

/// <summary>
/// An image with its channels side by side and its padding around it: what a row of a convolution's window covers is then one piece of memory, and nothing has to be laid out window by window.
/// </summary>
internal sealed class ChannelLines
{
    /// <summary>Vectors of eight then lie within cache lines; narrower pixels stay as they are, or most of a line would be zeros.</summary>
    private const int Alignment = 8;

    private readonly ImageShape _shape;
    private readonly WindowGeometry _window;
    private readonly int _width;

    public ChannelLines(WindowGeometry window, ImageShape shape, ImageShape output)
    {
        (_window, _shape) = (window, shape);
        PixelStride = shape.Channels < Alignment ? shape.Channels : (shape.Channels + Alignment - 1) / Alignment * Alignment;
        _width = shape.Width + (2 * window.PaddingWidth);
        (Segments, SegmentLength, SegmentStride) = (window.Height, window.Width * PixelStride, window.DilationHeight * _width * PixelStride);
        Starts = new int[output.Pixels];
        for (var pixel = 0; pixel < Starts.Length; pixel++)
        {
            var (y, x) = (pixel / output.Width * window.StrideHeight, pixel % output.Width * window.StrideWidth);
            Starts[pixel] = ((y * _width) + x) * PixelStride;
        }
    }

    /// <summary>Whether the rows of a window are pieces of memory.</summary>
    public static bool Fits(WindowGeometry window) => window.DilationWidth == 1;

    /// <summary>From one pixel to the next: its channels, with zeros up to a multiple of eight where there are eight or more.</summary>
    public int PixelStride { get; }

    /// <summary>Rows of a window.</summary>
    public int Segments { get; }

    /// <summary>Floats of a window's row.</summary>
    public int SegmentLength { get; }

    /// <summary>From one row of a window to the next.</summary>
    public int SegmentStride { get; }

    /// <summary>For each output pixel where its window begins.</summary>
    public int[] Starts { get; }

    /// <summary>Memory for an image, zeros.</summary>
    public AlignedMemory New() => new(checked(((_width * (_shape.Height + (2 * _window.PaddingHeight)) * PixelStride) + LineProduct.Slack) * sizeof(float)));

    /// <summary>Lays an image out.</summary>
    public void Read(ReadOnlySpan<float> image, Span<float> lines)
    {
        foreach (var (from, to, pixels) in Rows())
        {
            if (PixelStride == 1)
            {
                image.Slice(from, pixels).CopyTo(lines[to..]);
            }
            else
            {
                Transposition.Floats(image[from..], _shape.Channels, pixels, _shape.Pixels, lines[to..], PixelStride);
            }
        }
    }

    /// <summary>Writes what was laid out back as an image, without its padding.</summary>
    public void Write(ReadOnlySpan<float> lines, Span<float> image)
    {
        foreach (var (from, to, pixels) in Rows())
        {
            Transposition.Floats(lines[to..], pixels, _shape.Channels, PixelStride, image[from..], _shape.Pixels);
        }
    }

    private RowList Rows() => new(_shape, _window, _width * PixelStride, PixelStride);

    /// <summary>Pieces of a channel that lie side by side in both forms: rows, or all of it where nothing is around it.</summary>
    private ref struct RowList(ImageShape shape, WindowGeometry window, int rowStride, int pixelStride)
    {
        private readonly bool _isWhole = window.PaddingWidth == 0;
        private int _row = -1;

        public readonly (int Image, int Lines, int Pixels) Current =>
            (_row * shape.Width, ((_row + window.PaddingHeight) * rowStride) + (window.PaddingWidth * pixelStride), _isWhole ? shape.Pixels : shape.Width);

        public readonly RowList GetEnumerator() => this;

        public bool MoveNext() => ++_row < (_isWhole ? 1 : shape.Height);
    }
}
