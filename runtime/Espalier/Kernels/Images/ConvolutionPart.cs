namespace Espalier.Kernels;

/// <summary>How much of a convolution a part is.</summary>
/// <param name="Pass">The pass that it runs.</param>
/// <param name="Block">The block of tiles that it belongs to; −1 for all of them.</param>
/// <param name="Index">Which share of the tiles or positions is its own, from 0 on.</param>
/// <param name="Count">Of how many equal shares.</param>
/// <param name="ChannelIndex">Which share of the tiles of output channels is its own.</param>
/// <param name="ChannelCount">Of how many.</param>
internal readonly record struct ConvolutionPart(ConvolutionPass Pass, int Block, int Index, int Count, int ChannelIndex, int ChannelCount)
{
    /// <summary>Everything.</summary>
    public static readonly ConvolutionPart Whole = new(ConvolutionPass.All, -1, 0, 1, 0, 1);
}
