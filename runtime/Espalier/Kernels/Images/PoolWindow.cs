using System;

namespace Espalier.Kernels;

/// <summary>How the window of a pool moves over an image.</summary>
/// <param name="Height">Rows of the window.</param>
/// <param name="Width">Columns of the window.</param>
/// <param name="StrideHeight">Rows from one window to the next.</param>
/// <param name="StrideWidth">Columns from one window to the next.</param>
/// <param name="PaddingHeight">Rows added above and below, at most half of the window.</param>
/// <param name="PaddingWidth">Columns added on the left and on the right, at most half of the window.</param>
public readonly record struct PoolWindow(int Height, int Width, int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth)
{
    /// <summary>The rows of an image that a window covers, from the first to before the last.</summary>
    internal (int Start, int End) Rows(int at, int height) => Cover(at, StrideHeight, PaddingHeight, Height, height);

    /// <summary>The columns of an image that a window covers, from the first to before the last.</summary>
    internal (int Start, int End) Columns(int at, int width) => Cover(at, StrideWidth, PaddingWidth, Width, width);

    /// <summary>Numbers that a window covers where padding counts: a window over the last edge ends with the padding.</summary>
    internal int CountWithPadding(int row, int column, ImageMap input) =>
        Counted(row, StrideHeight, PaddingHeight, Height, input.Height) * Counted(column, StrideWidth, PaddingWidth, Width, input.Width);

    internal void Check(ImageMap input)
    {
        if (2 * PaddingHeight > Height || 2 * PaddingWidth > Width || StrideHeight < 1 || StrideWidth < 1 || input.Height + PaddingHeight < 1)
        {
            throw new ArgumentException($"A pool's padding is at most half of its window and it moves by 1 or more, but {this} was given.", nameof(input));
        }
    }

    private static (int Start, int End) Cover(int at, int stride, int padding, int window, int size)
    {
        var start = (at * stride) - padding;
        return (Math.Max(start, 0), Math.Min(start + window, size));
    }

    private static int Counted(int at, int stride, int padding, int window, int size)
    {
        var start = (at * stride) - padding;
        return Math.Min(start + window, size + padding) - start;
    }
}
