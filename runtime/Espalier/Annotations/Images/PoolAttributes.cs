using System;

namespace Espalier;

/// <summary>A window that moves over each channel. Beside <c>[Conv2D]</c> it follows the activation; by itself it is a layer of its own.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class PoolAttribute : Attribute
{
    private protected PoolAttribute(int height, int width)
    {
        Height = height;
        Width = width;
    }

    /// <summary>Rows of the window.</summary>
    public int Height { get; }

    /// <summary>Columns of the window.</summary>
    public int Width { get; }

    /// <summary>Rows and columns from one window to the next; 0, as unless set, takes the window's own.</summary>
    public int Stride { get; set; }

    /// <summary>The same for rows alone; 0 takes <see cref="Stride"/>.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The same for columns alone; 0 takes <see cref="Stride"/>.</summary>
    public int StrideWidth { get; set; }

    /// <summary>Rows and columns added on each side, at most half the window. 0 unless set.</summary>
    public int Padding { get; set; }

    /// <summary>Rows added above and below; −1 takes <see cref="Padding"/>.</summary>
    public int PaddingHeight { get; set; } = -1;

    /// <summary>Columns added on the left and on the right; −1 takes <see cref="Padding"/>.</summary>
    public int PaddingWidth { get; set; } = -1;

    /// <summary>Whether a last window may reach over the edge. False unless set.</summary>
    public bool CeilingMode { get; set; }
}

/// <summary>The largest number of each window.</summary>
public sealed class MaxPoolAttribute : PoolAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="window">Rows and columns, at least 1.</param>
    public MaxPoolAttribute(int window)
        : base(window, window)
    {
    }

    /// <summary>A window of any shape.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    public MaxPoolAttribute(int height, int width)
        : base(height, width)
    {
    }
}

/// <summary>The mean of each window.</summary>
public sealed class AveragePoolAttribute : PoolAttribute
{
    /// <summary>A square window.</summary>
    /// <param name="window">Rows and columns, at least 1.</param>
    public AveragePoolAttribute(int window)
        : base(window, window)
    {
    }

    /// <summary>A window of any shape.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    public AveragePoolAttribute(int height, int width)
        : base(height, width)
    {
    }

    /// <summary>Whether padding counts as zeros, as in PyTorch. True unless set; otherwise the mean is that of the image's own numbers.</summary>
    public bool CountPadding { get; set; } = true;
}

/// <summary>The mean of each channel: an image becomes a vector.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GlobalAveragePoolAttribute : Attribute;
