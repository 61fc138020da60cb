using System;
using System.Collections.Generic;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// How a map lies for a convolution that computes many pixels of one output channel at a time: as planes, one for each channel, whose pixels lie side by side with the
/// border between them. A number of a window then is the same place in another plane, or a few numbers further, for all pixels at once: every pixel's window is found
/// from its own place by one addition. Strides part the map into planes of every second row and column, so that this holds for them, too.
/// </summary>
/// <remarks>
/// Rows are so wide that the border on the right of one is that on the left of the next, and results lie as rows of the same width do: those in the border are computed
/// in vain and left out.
/// </remarks>
internal sealed record PlaneGeometry
{
    /// <summary>Pixels that are turned into planes, or back, together; channels as well.</summary>
    public const int Block = 16;

    /// <summary>Numbers that vectors may read behind the last.</summary>
    private const int Slack = 64;

    /// <summary>Numbers of all planes: places in them fill 28 bits of a word, beside the index of a centroid.</summary>
    private const long MostNumbers = 1 << 27;

    private PlaneGeometry(ConvolutionGeometry geometry, int tilePixels, int numberBytes)
    {
        (Convolution, TilePixels, NumberBytes) = (geometry, tilePixels, numberBytes);
        var window = geometry.Window;
        RowPhases = Phases(window.Height, window.DilationHeight, window.StrideHeight);
        ColumnPhases = Phases(window.Width, window.DilationWidth, window.StrideWidth);
        var columns = window.StrideWidth == 1 ? geometry.Width + window.PaddingWidth : Layout.Tiles(geometry.MapWidth, window.StrideWidth);
        Width = Math.Max(columns, geometry.OutputWidth);
        Height = Layout.Tiles(geometry.MapHeight, window.StrideHeight);
        PlaneNumbers = Layout.Tiles((int)Math.Min(MostNumbers, ((long)Height * Width) + window.PaddingWidth + Block), 2 * Block) * 2 * Block;
        Positions = (int)Math.Min(MostNumbers, ((long)(geometry.OutputHeight - 1) * Width) + geometry.OutputWidth);
    }

    public ConvolutionGeometry Convolution { get; }

    /// <summary>Pixels of a tile: those of one vector of numbers.</summary>
    public int TilePixels { get; }

    public int NumberBytes { get; }

    /// <summary>The rows' remainders by the stride that windows have numbers in, ascending: each has planes of its own.</summary>
    public int[] RowPhases { get; }

    /// <summary>The columns' remainders by the stride.</summary>
    public int[] ColumnPhases { get; }

    /// <summary>Planes of one phase: padding channels have some, too, as blocks of channels are turned whole.</summary>
    public int PhasePlanes => Convolution.Pitch;

    /// <summary>Planes.</summary>
    public int Count => RowPhases.Length * ColumnPhases.Length * PhasePlanes;

    /// <summary>Numbers from one row of a plane to the next, and of results.</summary>
    public int Width { get; }

    /// <summary>Rows of a plane, with the border's.</summary>
    public int Height { get; }

    /// <summary>Numbers from one plane to the next.</summary>
    public int PlaneNumbers { get; }

    /// <summary>Places of results, the border's between them included.</summary>
    public int Positions { get; }

    /// <summary>Tiles of pixels.</summary>
    public int Tiles => Layout.Tiles(Positions, TilePixels);

    /// <summary>Whether planes hold the pixels one after the other, as the map does.</summary>
    public bool IsFlat => Width == Convolution.Width && !Convolution.HasBorder && Convolution.Window is { StrideHeight: 1, StrideWidth: 1 };

    /// <summary>Whether tables can name every place. No kernel is planned for larger maps.</summary>
    public bool HasPlaces => (long)Count * PlaneNumbers < MostNumbers;

    /// <summary>Bytes of all planes.</summary>
    public int PlaneBytes => Rounded(((long)Count * PlaneNumbers) + Slack + TilePixels, NumberBytes);

    /// <summary>Bytes of a tile's results, and of what is added to them: floats at most.</summary>
    public int TileBytes => Rounded((long)Convolution.PaddedOutputs * TilePixels, sizeof(float));

    /// <summary>Bytes of a tile of results and a tile of what is added: every thread needs its own.</summary>
    public int RoomBytes => checked(2 * TileBytes);

    /// <summary>Bytes of scratch: planes, and room for one thread's tiles.</summary>
    public int ScratchBytes => checked(PlaneBytes + RoomBytes);

    /// <summary>Blocks of channels that are turned into planes together.</summary>
    public int ChannelBlocks => Math.Max(1, PhasePlanes / Block);

    /// <summary>From a pixel's place to a number of its window, by column of the matrix of weights.</summary>
    /// <param name="firstChannel">The first channel of the output's group.</param>
    /// <param name="column">In PyTorch's order: channel, row, column.</param>
    public int Offset(int firstChannel, int column)
    {
        var window = Convolution.Window;
        var x = column % window.Width * window.DilationWidth;
        var y = column / window.Width % window.Height * window.DilationHeight;
        var channel = firstChannel + (column / (window.Width * window.Height));
        var phase = (Array.IndexOf(RowPhases, y % window.StrideHeight) * ColumnPhases.Length) + Array.IndexOf(ColumnPhases, x % window.StrideWidth);
        return checked((((phase * PhasePlanes) + channel) * PlaneNumbers) + (y / window.StrideHeight * Width) + (x / window.StrideWidth));
    }

    /// <summary>By place of a result in whole tiles: the pixel, or −1 in the border.</summary>
    public int[] PixelsOfPlaces() => Enumerable.Range(0, Tiles * TilePixels)
        .Select(place => place < Positions && place % Width < Convolution.OutputWidth ? (place / Width * Convolution.OutputWidth) + (place % Width) : -1)
        .ToArray();

    public static PlaneGeometry Of(LayerDefinition definition, int tilePixels, int numberBytes) => new(ConvolutionGeometry.Of(definition), tilePixels, numberBytes);

    private static int[] Phases(int size, int dilation, int stride) =>
        Enumerable.Range(0, size).Select(at => at * dilation % stride).Distinct().OrderBy(phase => phase).ToArray();

    private static int Rounded(long numbers, int bytes) => ConvolutionScratch.RoundUp(checked(numbers * bytes));
}
