using System;
using System.Linq;

namespace Espalier.Planning;

/// <summary>
/// How a convolution walks over its map: channels last, a pixel after the other. Around the map lies a border where the layer has padding, so
/// that no window needs a test. A window then is some runs of numbers that lie side by side: a row of it is one run where no number between its
/// pixels is left out, else each of its pixels is one. Products follow the runs, so weights are packed in their order.
/// </summary>
internal sealed record ConvolutionGeometry
{
    /// <summary>Channels of a pixel are rounded up to so many numbers; kernels write them all.</summary>
    public const int ChannelBlock = 16;

    /// <summary>So few channels, those of a model's input, stand without gaps: a whole row of a window is one run.</summary>
    public const int FewChannels = 4;

    private ConvolutionGeometry(LayerDefinition definition)
    {
        var window = Conv2DKind.Window(definition.Arguments);
        (Window, Groups) = (window, Conv2DKind.Groups(definition.Arguments));
        (Channels, Height, Width) = (definition.InputShape.Channels, definition.InputShape.Height, definition.InputShape.Width);
        (Outputs, OutputHeight, OutputWidth) = (definition.OutputShape.Channels, definition.OutputShape.Height, definition.OutputShape.Width);
        Pitch = MapPitch(Channels);
        MapWidth = Width + (2 * window.PaddingWidth);
        MapHeight = Height + (2 * window.PaddingHeight);
    }

    public WindowGeometry Window { get; }

    public int Groups { get; }

    /// <summary>Channels that enter.</summary>
    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Channels that leave.</summary>
    public int Outputs { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int OutputPixels => OutputHeight * OutputWidth;

    /// <summary>Channels that leave, rounded up to what a pixel of the result takes.</summary>
    public int PaddedOutputs => RoundUp(Outputs, ChannelBlock);

    /// <summary>Numbers from one pixel of the map that the kernel reads to the next.</summary>
    public int Pitch { get; }

    /// <summary>Columns of the map, with its border.</summary>
    public int MapWidth { get; }

    /// <summary>Rows of the map, with its border.</summary>
    public int MapHeight { get; }

    /// <summary>Numbers of the map, with its border.</summary>
    public long MapNumbers => (long)MapHeight * MapWidth * Pitch;

    /// <summary>Whether the layer has padding: then the kernel reads a copy with a border.</summary>
    public bool HasBorder => Window.PaddingHeight > 0 || Window.PaddingWidth > 0;

    /// <summary>Whether the kernel reads a copy of the map, in scratch, rather than the map itself.</summary>
    /// <param name="inputStride">Numbers from one pixel of the input to the next.</param>
    public bool Copies(int inputStride) => HasBorder || inputStride != Pitch;

    /// <summary>Input channels of a group.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>Output channels of a group.</summary>
    public int GroupOutputs => Outputs / Groups;

    /// <summary>Whether each channel has a window of its own and nothing else: one output channel each, or some.</summary>
    public bool IsDepthwise => Groups == Channels && Channels > 1;

    /// <summary>Whether a row of the window is one run of numbers.</summary>
    public bool HasWholeRows => Groups == 1 && Pitch == Channels && Window.DilationWidth == 1;

    /// <summary>Runs of a window's row: 1, or one for each of its pixels.</summary>
    public int RunsOfRow => HasWholeRows ? 1 : Window.Width;

    /// <summary>Numbers from one run of a window's row to the next.</summary>
    public int RunPitch => Window.DilationWidth * Pitch;

    /// <summary>Numbers from one row of the window to the next.</summary>
    public int WindowRowPitch => Window.DilationHeight * MapWidth * Pitch;

    /// <summary>Where a run begins in its window.</summary>
    public int RunStart(int run) => (run / RunsOfRow * WindowRowPitch) + (run % RunsOfRow * RunPitch);

    /// <summary>Where the window of an output pixel begins in the map.</summary>
    public int WindowStart(int pixel) =>
        (((pixel / OutputWidth * Window.StrideHeight) * MapWidth) + (pixel % OutputWidth * Window.StrideWidth)) * Pitch;

    /// <summary>
    /// Numbers of a run, for tiles of so many output channels. A tile may reach over several groups: then its runs hold the channels of all of
    /// them, and the weights from other groups are 0. That costs products, but every shape of groups runs in whole vectors.
    /// </summary>
    public int RunLength(int tileOutputs) => HasWholeRows
        ? Window.Width * Channels
        : Enumerable.Range(0, Tiles(tileOutputs)).Max(tile => LastChannel(tile, tileOutputs) - FirstOfGroup(tile, tileOutputs));

    /// <summary>By tile: the first channel that its runs hold, earlier than needed where the run would end behind the last channel.</summary>
    public int[] FirstChannels(int tileOutputs)
    {
        var length = RunLength(tileOutputs);
        return Enumerable.Range(0, Tiles(tileOutputs)).Select(tile => HasWholeRows ? 0 : Math.Min(FirstOfGroup(tile, tileOutputs), Channels - length)).ToArray();
    }

    /// <summary>The rows of a window that lie inside of the map, for a row of the result: from the first to the one behind the last.</summary>
    public (int First, int End) RowsInside(int outputRow)
    {
        var top = (outputRow * Window.StrideHeight) - Window.PaddingHeight;
        var first = top >= 0 ? 0 : Math.Min(Window.Height, Layout.Tiles(-top, Window.DilationHeight));
        var end = top >= Height ? 0 : Math.Min(Window.Height, ((Height - 1 - top) / Window.DilationHeight) + 1);
        return (first, Math.Max(first, end));
    }

    /// <summary>Tiles of so many output channels.</summary>
    public int Tiles(int tileOutputs) => (PaddedOutputs + tileOutputs - 1) / tileOutputs;

    /// <summary>
    /// By column of the matrix of weights: the place of a weight among the products of a sum, run by run. Where a tile's runs begin at another channel
    /// than the output's group, the difference is added.
    /// </summary>
    /// <param name="runLength">Numbers of a run as packed, at least <see cref="RunLength"/>.</param>
    public int[] PackedPlaces(int runLength)
    {
        var places = new int[GroupChannels * Window.Height * Window.Width];
        for (var column = 0; column < places.Length; column++)
        {
            // PyTorch's order: channel, row, column.
            var x = column % Window.Width;
            var y = column / Window.Width % Window.Height;
            var channel = column / (Window.Width * Window.Height);
            places[column] = HasWholeRows ? (y * runLength) + (x * Channels) + channel : (((y * Window.Width) + x) * runLength) + channel;
        }

        return places;
    }

    /// <summary>The first input channel of an output channel's group.</summary>
    public int FirstOfGroup(int output) => output / GroupOutputs * GroupChannels;

    /// <summary>The geometry of a layer of kind Conv2D.</summary>
    public static ConvolutionGeometry Of(LayerDefinition definition) => new(definition);

    /// <summary>Numbers from one pixel to the next of a map of so many channels.</summary>
    public static int MapPitch(int channels) => channels <= FewChannels ? channels : RoundUp(channels, ChannelBlock);

    private static int RoundUp(int count, int block) => (count + block - 1) / block * block;

    private int FirstOfGroup(int tile, int tileOutputs) => FirstOfGroup(Math.Min(tile * tileOutputs, Outputs - 1));

    private int LastChannel(int tile, int tileOutputs) =>
        FirstOfGroup(Math.Min((tile + 1) * tileOutputs, Outputs) - 1) + GroupChannels;
}
