using System;
using System.Collections.Generic;
using System.Linq;
using Espalier.Planning;

namespace Espalier.Generator.Emit.Images;

/// <summary>Tiles of some pixels that lie side by side in a row of a result, and of whose windows the same columns lie outside of the map.</summary>
/// <param name="First">The first pixel of the first of them.</param>
/// <param name="Count">Tiles.</param>
/// <param name="Pixels">Pixels of each.</param>
/// <param name="Left">Columns before the map.</param>
/// <param name="Right">Columns behind it.</param>
internal sealed record RowTiles(int First, int Count, int Pixels, int Left, int Right)
{
    /// <summary>The tiles of a row: as many as are needed, all of the same size but for some that have one pixel more.</summary>
    public static IReadOnlyList<RowTiles> Of(DepthwiseGeometry geometry, int most)
    {
        var (window, pixels) = (geometry.Window, geometry.Convolution.OutputWidth);
        var count = Layout.Tiles(pixels, most);
        var all = new List<RowTiles>();
        for (int tile = 0, first = 0; tile < count; tile++)
        {
            var size = (pixels / count) + (tile < pixels % count ? 1 : 0);
            var reach = Reach(geometry, size);
            var column = (first * window.StrideWidth) - window.PaddingWidth;
            var (left, right) = (Clamp(-column, reach), Clamp(column + reach - geometry.Convolution.Width, reach));
            if (all.LastOrDefault() is { } last && (last.Pixels, last.Left, last.Right) == (size, left, right))
            {
                all[all.Count - 1] = last with { Count = last.Count + 1 };
            }
            else
            {
                all.Add(new RowTiles(first, 1, size, left, right));
            }

            first += size;
        }

        return all;
    }

    /// <summary>Columns from the first of a tile's first window to the last of its last one, both counted.</summary>
    public static int Reach(DepthwiseGeometry geometry, int pixels) => ((pixels - 1) * geometry.Window.StrideWidth) + (int)geometry.Window.ReachWidth;

    /// <summary>The column of a number of a pixel's window, from the first of the tile's.</summary>
    public static int Column(DepthwiseGeometry geometry, int pixel, int tap) => (pixel * geometry.Window.StrideWidth) + (tap * geometry.Window.DilationWidth);

    /// <summary>Whether a column of the tiles lies in the map.</summary>
    public bool IsInside(DepthwiseGeometry geometry, int column) => column >= Left && column < Reach(geometry, Pixels) - Right;

    /// <summary>The column of the map, outside of it where it is negative, that the first tile's windows begin with.</summary>
    public int FirstColumn(DepthwiseGeometry geometry) => (First * geometry.Window.StrideWidth) - geometry.Window.PaddingWidth;

    private static int Clamp(int columns, int most) => Math.Max(0, Math.Min(columns, most));
}
