using System;
using System.Collections.Generic;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>
/// How the pixels of a result are cut into tiles: as many as are needed, all of the same size but for some that have one pixel more. A last tile of the few
/// pixels that are left would read all weights for them alone: 49 pixels are four tiles of six and five of five.
/// </summary>
/// <param name="Pixels">Pixels of most tiles.</param>
/// <param name="Larger">The first tiles, which have one pixel more.</param>
/// <param name="Count">Tiles in all.</param>
/// <param name="Block">Tiles that go through all output channels before the next ones do.</param>
internal sealed record PixelTiles(int Pixels, int Larger, int Count, int Block)
{
    /// <summary>Bytes of the map that stay near while the weights of all output channels pass: half of a second-level cache of 512 KB.</summary>
    private const int BlockBytes = 256 * 1024;

    private const int MostBlockPixels = 512;

    public static PixelTiles Of(ConvolutionGeometry geometry, int most, int numberBytes)
    {
        var count = Layout.Tiles(geometry.OutputPixels, most);
        var pixels = geometry.OutputPixels / count;
        var pixelBytes = geometry.Window.StrideHeight * geometry.Window.StrideWidth * geometry.Pitch * numberBytes;
        var block = Math.Min(MostBlockPixels, Math.Max(BlockBytes / pixelBytes, 8 * most)) / most;
        return new PixelTiles(pixels, geometry.OutputPixels % count, count, block >= count ? count : block);
    }

    /// <summary>The sizes that occur.</summary>
    public int[] Sizes => Larger == 0 ? [Pixels] : [Pixels + 1, Pixels];

    /// <summary>By size: the first pixel of the tiles of that size from <c>first</c> to <c>end</c> and the one behind them, as text. The larger tiles come first.</summary>
    public IEnumerable<(int Pixels, string From, string To)> Runs()
    {
        if (Larger > 0)
        {
            yield return (Pixels + 1, $"first * {Pixels + 1}", $"Math.Min(end, (nuint){Larger}) * {Pixels + 1}");
        }

        var behind = Larger == 0 ? "" : $" + {Larger}";
        var from = Larger == 0 ? "first" : $"Math.Max(first, (nuint){Larger})";
        yield return (Pixels, $"({from} * {Pixels}){behind}", $"(end * {Pixels}){behind}");
    }
}
