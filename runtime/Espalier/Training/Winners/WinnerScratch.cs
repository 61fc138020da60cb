using System;
using Espalier.Kernels;

namespace Espalier;

/// <summary>What a thread needs for the samples of a part.</summary>
internal sealed class WinnerScratch(ChannelLines lines, ImageShape output, int sums)
{
    private int[] _starts = [];

    /// <summary>An image, laid out.</summary>
    public AlignedMemory Image { get; } = lines.New();

    /// <summary>Its gradient.</summary>
    public AlignedMemory Gradient { get; } = lines.New();

    /// <summary>The gradients of weights, by output channel, row of the window, column, input channel.</summary>
    public AlignedMemory Sums { get; } = new(checked(sums * sizeof(float)));

    public WinnerLists Lists { get; } = new(output.Pixels, output.Channels);

    public Span<int> Starts(int windows)
    {
        if (_starts.Length < windows)
        {
            _starts = new int[windows];
        }

        return _starts.AsSpan(0, windows);
    }
}
