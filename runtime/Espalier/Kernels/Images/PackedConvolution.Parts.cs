using System;

namespace Espalier.Kernels;

/// <summary>
/// How a convolution runs in parts on several threads: each is a packed convolution of its own over the same memory, and the same kernel runs it. A kernel asks which
/// tiles are its own; every number is computed by one part alone, from the same numbers in the same order as in the whole, so the bits are the same.
/// </summary>
public abstract partial class PackedConvolution
{
    private ConvolutionPart _part = ConvolutionPart.Whole;

    /// <summary>Whether to transform windows, where a kernel has passes: in the whole, every pass runs.</summary>
    public bool TransformsWindows => _part.Pass is ConvolutionPass.All or ConvolutionPass.Windows;

    /// <summary>Whether to multiply, where a kernel has passes.</summary>
    public bool Multiplies => _part.Pass is ConvolutionPass.All or ConvolutionPass.Products;

    /// <summary>Whether to transform results, where a kernel has passes.</summary>
    public bool TransformsResults => _part.Pass is ConvolutionPass.All or ConvolutionPass.Results;

    /// <summary>Whether this is the whole layer: then its kernel brings the map in, and finishes the result.</summary>
    private protected bool IsWhole => _part == ConvolutionPart.Whole;

    /// <summary>Those of some tiles or positions that are this part's to compute: all of them in the whole.</summary>
    /// <param name="first">The first, from 0.</param>
    /// <param name="end">The one behind the last.</param>
    public (nuint First, nuint End) Share(nuint first, nuint end) => Share(first, end - first, _part.Index, _part.Count);

    /// <summary>Those of the output channels that are this part's to compute, in whole tiles.</summary>
    /// <param name="channels">Channels, padding included.</param>
    /// <param name="tile">Channels of a tile; the last one may have fewer.</param>
    public (nuint First, nuint End) ShareChannels(nuint channels, nuint tile)
    {
        var (first, end) = Share(0, (channels + tile - 1) / tile, _part.ChannelIndex, _part.ChannelCount);
        return (first * tile, Math.Min(end * tile, channels));
    }

    /// <summary>Those of the blocks of tiles that this part belongs to: a block of its own, or all of them in the whole.</summary>
    /// <param name="blocks">Blocks in all.</param>
    public (nuint First, nuint End) ShareBlocks(nuint blocks) => _part.Block < 0 ? (0, blocks) : ((nuint)_part.Block, (nuint)_part.Block + 1);

    /// <summary>
    /// The parts that several threads can run, pass after pass: those of a pass in any order, and no pass before the one before it has ended. None where the layer runs
    /// on one thread alone.
    /// </summary>
    /// <param name="most">Parts of a pass at most.</param>
    internal abstract PackedConvolution[][] Parts(int most);

    /// <summary>
    /// Bands in which the map is brought into scratch before the first pass, which threads may share: rows of a copy with a border, or blocks of channels of planes. 0
    /// where the kernel reads the map itself.
    /// </summary>
    internal virtual int EntryBands => Geometry.Copies(Place.InputStride) ? MapRows : 0;

    /// <summary>Bytes that are brought in.</summary>
    internal virtual long EntryBytes => (long)MapRows * MapColumns * Geometry.Pitch * NumberBytes;

    /// <summary>Bytes of scratch that each thread needs for itself, besides what all share.</summary>
    internal virtual int RoomBytes => 0;

    /// <summary>Rows of the copy of the map that the kernel reads.</summary>
    private protected virtual int MapRows => Geometry.MapHeight;

    /// <summary>Columns of that copy.</summary>
    private protected virtual int MapColumns => Geometry.MapWidth;

    /// <summary>Multiply-adds of one prediction, as many as the kernel does.</summary>
    internal virtual double MultiplyAdds => (double)Geometry.OutputPixels * Geometry.Outputs * Geometry.GroupChannels * Geometry.Window.Height * Geometry.Window.Width;

    /// <summary>Whether numbers are codes and weights; floats otherwise.</summary>
    internal bool IsInteger => NumberBytes == 1;

    /// <summary>Brings some bands of the map into scratch.</summary>
    internal virtual void EnterBands(ref byte input, ref byte scratch, int first, int end) =>
        BorderedMap.Fill(ref input, Place.InputStride, ref scratch, Geometry, first, end, MapColumns, NumberBytes, BorderByte);

    /// <summary>After the last pass: activations that act on a whole result.</summary>
    internal abstract void End(ref byte output);

    /// <summary>Brings the whole map into scratch, unless this is a part: then it is there.</summary>
    private protected void FillMap(ref byte input, ref byte scratch)
    {
        if (IsWhole)
        {
            EnterBands(ref input, ref scratch, 0, EntryBands);
        }
    }

    /// <summary>The layer in one pass: so many shares of its tiles, rows or pixels, times so many of its output channels.</summary>
    private protected PackedConvolution[] Cut((int Tiles, int Channels) shares)
    {
        var parts = new PackedConvolution[shares.Tiles * shares.Channels];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = PartOf(new ConvolutionPart(ConvolutionPass.All, -1, i % shares.Tiles, shares.Tiles, i / shares.Tiles, shares.Channels));
        }

        return parts;
    }

    /// <summary>This layer, but so much of it.</summary>
    private protected PackedConvolution PartOf(ConvolutionPart part)
    {
        var copy = (PackedConvolution)MemberwiseClone();
        copy._part = part;
        return copy;
    }

    private static (nuint First, nuint End) Share(nuint first, nuint count, int index, int parts) =>
        (first + (count * (nuint)index / (nuint)parts), first + (count * (nuint)(index + 1) / (nuint)parts));
}
