using System;
using System.Collections.Generic;

namespace Espalier.Planning;

/// <summary>
/// How a depthwise convolution walks over its map: each output channel has a window over one input channel, so a vector holds channels of one pixel, as they lie. Nothing
/// is copied for a border: rows of a window that lie outside of the map are left out, and columns are known when the kernel is written.
/// </summary>
internal sealed class DepthwiseGeometry
{
    /// <summary>Numbers of a window's row that integer kernels multiply together.</summary>
    public const int QuadTaps = 4;

    private DepthwiseGeometry(ConvolutionGeometry convolution) => Convolution = convolution;

    /// <summary>The shapes.</summary>
    public ConvolutionGeometry Convolution { get; }

    public WindowGeometry Window => Convolution.Window;

    /// <summary>Output channels of an input channel.</summary>
    public int Multiplier => Convolution.GroupOutputs;

    /// <summary>Numbers from one pixel of the map that the kernel reads to the next: one for each output channel, padding included.</summary>
    public int Pitch => Convolution.PaddedOutputs;

    /// <summary>Numbers of a row of that map.</summary>
    public int RowPitch => Convolution.Width * Pitch;

    /// <summary>Fours of a window's row, the last one filled up.</summary>
    public int RowQuads => Layout.Tiles(Window.Width, QuadTaps);

    /// <summary>Whether the kernel reads a copy of the map, in scratch, that has a number for each output channel.</summary>
    /// <param name="inputStride">Numbers from one pixel of the input to the next.</param>
    public bool Copies(int inputStride) => Multiplier > 1 || inputStride != Pitch;

    /// <summary>Whether there are strides for which the map is copied: that of few channels depends on where the layer stands.</summary>
    public bool MayCopy => Multiplier > 1 || Convolution.Channels <= ConvolutionGeometry.FewChannels;

    /// <summary>Bytes of scratch: room for the copy.</summary>
    public int ScratchBytes(int numberBytes) => MayCopy
        ? ConvolutionScratch.RoundUp(((long)Convolution.Height * RowPitch * numberBytes) + ConvolutionScratch.Slack)
        : 0;

    /// <summary>Where the number of a window lies in the map, channel 0 of its pixel; −1 outside.</summary>
    /// <param name="pixel">The pixel of the result.</param>
    /// <param name="tap">The number of the window, row by row.</param>
    public int PlaceInside(int pixel, int tap)
    {
        var y = (pixel / Convolution.OutputWidth * Window.StrideHeight) - Window.PaddingHeight + (tap / Window.Width * Window.DilationHeight);
        var x = (pixel % Convolution.OutputWidth * Window.StrideWidth) - Window.PaddingWidth + (tap % Window.Width * Window.DilationWidth);
        return y >= 0 && y < Convolution.Height && x >= 0 && x < Convolution.Width ? (y * RowPitch) + (x * Pitch) : -1;
    }

    /// <summary>
    /// Where vectors of channels begin, and how many channels each takes: the widest there are, and at the end, where they do not fit, halves and quarters of them.
    /// </summary>
    /// <param name="widest">Channels of the widest vector: 16, or twice that some times.</param>
    public IEnumerable<(int Channel, int Width)> Vectors(int widest)
    {
        for (int channel = 0, width = widest; channel < Pitch; channel += width)
        {
            while (channel + width > Pitch)
            {
                width /= 2;
            }

            yield return (channel, width);
        }
    }

    /// <summary>The geometry of a layer; null where it is none of these.</summary>
    public static DepthwiseGeometry? Of(LayerDefinition definition) =>
        ConvolutionGeometry.Of(definition) is { IsDepthwise: true } convolution ? new(convolution) : null;

    /// <summary>The geometry of a layer whose weights are packed for it.</summary>
    /// <exception cref="ArgumentException">The layer is none of these, or its input lies otherwise than networks have it.</exception>
    public static DepthwiseGeometry OfPacked(LayerDefinition definition, int inputStride, string path)
    {
        var geometry = Of(definition) ?? throw new ArgumentException($"Layer {path} is no convolution with a group for each of its input channels.", nameof(definition));
        return !geometry.Copies(inputStride) || geometry.MayCopy
            ? geometry
            : throw new ArgumentException($"Layer {path} takes {geometry.Pitch} numbers a pixel, padding included, but was given {inputStride}.", nameof(inputStride));
    }
}
