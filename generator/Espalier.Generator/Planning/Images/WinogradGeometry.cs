using System;

namespace Espalier.Planning;

/// <summary>
/// How Winograd's minimal filtering F(m×m, 3×3) (Lavin and Gray, 2016) walks over a map: tiles of m × m results come of (m+2) × (m+2) numbers of the map, at each of
/// whose positions all tiles and channels are one matrix product.
/// </summary>
internal sealed record WinogradGeometry
{
    /// <summary>Transformed windows and products of a block of tiles: what a second-level cache of 512 KB and a share of the third hold.</summary>
    private const int BlockBytes = 768 * 1024;

    /// <summary>With fewer tiles than this, reading the weights takes longer than multiplying with them: a map of 28×28 stays whole.</summary>
    private const int FewestTiles = 64;

    /// <summary>Bytes of a number that a transform gives back, float or 32-bit sum.</summary>
    private const int ProductNumberBytes = 4;

    private WinogradGeometry(ConvolutionGeometry geometry, int size, bool integer)
    {
        (Convolution, Size) = (geometry, size);
        (MapNumberBytes, WindowNumberBytes) = integer ? (sizeof(byte), sizeof(short)) : (sizeof(float), sizeof(float));
        TilesHigh = (geometry.OutputHeight + size - 1) / size;
        TilesWide = (geometry.OutputWidth + size - 1) / size;
        var most = Math.Max(FewestTiles, BlockBytes / (Positions * ((geometry.Pitch * WindowNumberBytes) + (geometry.PaddedOutputs * ProductNumberBytes))));
        Blocks = (Tiles + most - 1) / most;
        BlockTiles = (Tiles + Blocks - 1) / Blocks;
    }

    public ConvolutionGeometry Convolution { get; }

    /// <summary>Bytes of a number of the map: a code or a float.</summary>
    public int MapNumberBytes { get; }

    /// <summary>Bytes of a number of a transformed window: codes grow to 16 bits.</summary>
    public int WindowNumberBytes { get; }

    /// <summary>Rows and columns of results in a tile: 4 or 2.</summary>
    public int Size { get; }

    /// <summary>Rows and columns of the map that a tile takes from.</summary>
    public int Reach => Size + 2;

    /// <summary>Matrix products.</summary>
    public int Positions => Reach * Reach;

    public int TilesHigh { get; }

    public int TilesWide { get; }

    public int Tiles => TilesHigh * TilesWide;

    /// <summary>Tiles that go through all positions before the next ones do; the last block has fewer.</summary>
    public int BlockTiles { get; }

    public int Blocks { get; }

    /// <summary>Rows of the map, with its border and what the last tiles reach beyond it.</summary>
    public int MapHeight => (TilesHigh * Size) + 2;

    /// <summary>Columns of the map, with its border and what the last tiles reach beyond it.</summary>
    public int MapWidth => (TilesWide * Size) + 2;

    public int MapBytes => ConvolutionScratch.RoundUp((long)MapHeight * MapWidth * Convolution.Pitch * MapNumberBytes);

    /// <summary>Numbers from one position's windows to the next one's. A cache line more than they are: powers of two would all meet in the same few lines of a cache.</summary>
    public int WindowPlane => checked(BlockTiles * Convolution.Pitch) + (64 / WindowNumberBytes);

    /// <summary>Numbers from one position's products to the next one's.</summary>
    public int ProductPlane => checked(BlockTiles * Convolution.PaddedOutputs) + 16;

    /// <summary>By position, by tile of a block, by channel.</summary>
    public int WindowBytes => ConvolutionScratch.RoundUp((long)Positions * WindowPlane * WindowNumberBytes);

    /// <summary>By position, by tile of a block, by output channel.</summary>
    public int ProductBytes => ConvolutionScratch.RoundUp((long)Positions * ProductPlane * ProductNumberBytes);

    /// <summary>A transform's numbers between its two directions: one vector for each position, 64 bytes at most. On the stack, as each thread has its own.</summary>
    public int BetweenBytes => Positions * 64;

    /// <summary>What a prediction needs besides input and output.</summary>
    public int ScratchBytes => checked(MapBytes + WindowBytes + ProductBytes);

    /// <summary>Multiply-adds of all positions.</summary>
    public double MultiplyAdds => (double)Blocks * BlockTiles * Positions * Convolution.Channels * Convolution.PaddedOutputs;

    /// <summary>The geometry; null where the layer is none for it.</summary>
    public static WinogradGeometry? Of(LayerDefinition definition, int size)
    {
        var geometry = ConvolutionGeometry.Of(definition);
        return geometry is { Groups: 1, Window: { Height: 3, Width: 3, StrideHeight: 1, StrideWidth: 1, DilationHeight: 1, DilationWidth: 1 } }
            && geometry.Channels >= ConvolutionGeometry.ChannelBlock && geometry.OutputHeight >= size && geometry.OutputWidth >= size
            ? new WinogradGeometry(geometry, size, definition.IsInteger)
            : null;
    }
}
