namespace Espalier.Planning;

/// <summary>How a window moves over an image: what convolutions and pools have in common.</summary>
/// <param name="Height">Rows of the window.</param>
/// <param name="Width">Columns of the window.</param>
/// <param name="StrideHeight">Rows from one window to the next.</param>
/// <param name="StrideWidth">Columns from one window to the next.</param>
/// <param name="PaddingHeight">Rows added above, and below.</param>
/// <param name="PaddingWidth">Columns added on the left, and on the right.</param>
/// <param name="DilationHeight">Rows from one number of the window to the next.</param>
/// <param name="DilationWidth">Columns from one number of the window to the next.</param>
/// <param name="Ceiling">Whether a last window may reach over the padding's edge, as long as it begins within the image or the padding before it.</param>
internal readonly record struct WindowGeometry(
    int Height, int Width, int StrideHeight, int StrideWidth, int PaddingHeight, int PaddingWidth, int DilationHeight = 1, int DilationWidth = 1, bool Ceiling = false)
{
    /// <summary>Rows from the window's first number to its last, both counted.</summary>
    public long ReachHeight => ((long)DilationHeight * (Height - 1)) + 1;

    /// <summary>Columns from the window's first number to its last, both counted.</summary>
    public long ReachWidth => ((long)DilationWidth * (Width - 1)) + 1;

    /// <summary>Windows one below the other; 0 when not even one fits.</summary>
    public int Rows(int height) => Steps(height, ReachHeight, StrideHeight, PaddingHeight);

    /// <summary>Windows side by side; 0 when not even one fits.</summary>
    public int Columns(int width) => Steps(width, ReachWidth, StrideWidth, PaddingWidth);

    private int Steps(int size, long reach, int stride, int padding)
    {
        var room = size + (2L * padding) - reach;
        if (room < 0 || stride < 1)
        {
            return 0;
        }

        var steps = ((room + (Ceiling ? stride - 1 : 0)) / stride) + 1;

        // As PyTorch does: a window that would begin in the padding after the image is left out.
        return (int)(Ceiling && (steps - 1) * stride >= size + padding ? steps - 1 : steps);
    }
}
