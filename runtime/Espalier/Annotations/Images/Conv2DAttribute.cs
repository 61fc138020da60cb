namespace Espalier;

/// <summary>A convolution over images; depthwise where there are as many groups as channels. Weights start and count as in PyTorch's Conv2d.</summary>
public sealed class Conv2DAttribute : LayerAttribute
{
    /// <summary>A convolution with a square window.</summary>
    /// <param name="inChannels">Channels that enter, at least 1.</param>
    /// <param name="outChannels">Channels that leave, at least 1.</param>
    /// <param name="kernel">Rows and columns of the window, at least 1.</param>
    public Conv2DAttribute(int inChannels, int outChannels, int kernel)
        : this(inChannels, outChannels, kernel, kernel)
    {
    }

    /// <summary>A convolution with a window of any shape.</summary>
    /// <param name="inChannels">Channels that enter, at least 1.</param>
    /// <param name="outChannels">Channels that leave, at least 1.</param>
    /// <param name="kernelHeight">Rows of the window, at least 1.</param>
    /// <param name="kernelWidth">Columns of the window, at least 1.</param>
    public Conv2DAttribute(int inChannels, int outChannels, int kernelHeight, int kernelWidth)
    {
        InChannels = inChannels;
        OutChannels = outChannels;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>Channels that enter.</summary>
    public int InChannels { get; }

    /// <summary>Channels that leave.</summary>
    public int OutChannels { get; }

    /// <summary>Rows of the window.</summary>
    public int KernelHeight { get; }

    /// <summary>Columns of the window.</summary>
    public int KernelWidth { get; }

    /// <summary>Rows and columns from one window to the next, at least 1. 1 unless set.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The same for rows alone; 0 takes <see cref="Stride"/>.</summary>
    public int StrideHeight { get; set; }

    /// <summary>The same for columns alone; 0 takes <see cref="Stride"/>.</summary>
    public int StrideWidth { get; set; }

    /// <summary>Zeros around the image on each side, at least 0. 0 unless set.</summary>
    public int Padding { get; set; }

    /// <summary>Zeros above and below; −1 takes <see cref="Padding"/>.</summary>
    public int PaddingHeight { get; set; } = -1;

    /// <summary>Zeros on the left and on the right; −1 takes <see cref="Padding"/>.</summary>
    public int PaddingWidth { get; set; } = -1;

    /// <summary>Rows and columns from one number of the window to the next, at least 1. 1 unless set.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Parts that channels are cut into, none of which sees another; divides both numbers of channels. 1 unless set.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Whether every output channel has a bias. True unless set, or false where <see cref="BatchNormAttribute"/> follows, which has its own shift.</summary>
    public bool Bias { get; set; } = true;
}
