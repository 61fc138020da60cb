using System.Collections.Immutable;
using CsCheck;
using Espalier.Kernels;

namespace Espalier.Integration.Tests.Images;

/// <summary>One convolution at one place: its shape, what enters and leaves, and how the maps lie in memory.</summary>
public sealed record ConvolutionCase(int Channels, int Outputs, int Height, int Width, int Groups, Precision Weights)
{
    public (int Height, int Width) Kernel { get; init; } = (3, 3);

    public (int Height, int Width) Stride { get; init; } = (1, 1);

    public (int Height, int Width) Padding { get; init; }

    public (int Height, int Width) Dilation { get; init; } = (1, 1);

    public Activation Activation { get; init; }

    public bool Codes { get; init; }

    public bool Adds { get; init; }

    /// <summary>Numbers a pixel beyond those that a map of its own would have: the result lies among those of other layers.</summary>
    public int Wider { get; init; }

    /// <summary>Values that the weights share, 0 among them; 0 where each has its own.</summary>
    public int Clusters { get; init; }

    public bool IsInteger => Weights is Precision.Int8 or Precision.Int4;

    public int InputStride => Channels <= 4 ? (Channels == 3 ? 4 : Channels) : (Channels + 15) / 16 * 16;

    public int OutputStride => ((Outputs + 15) / 16 * 16) + Wider;

    public int OutputHeight => Windows(Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height);

    public int OutputWidth => Windows(Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width);

    public LayerDescription Layer => new()
    {
        Path = "0/Conv",
        Kind = "Conv2D",
        Arguments = [Channels, Outputs, Kernel.Height, Kernel.Width, Stride.Height, Stride.Width, Padding.Height, Padding.Width, Dilation.Height, Dilation.Width, Groups],
        Inputs = Channels * Height * Width,
        Outputs = Outputs * OutputHeight * OutputWidth,
        InputShape = new ImageShape(Channels, Height, Width),
        OutputShape = new ImageShape(Outputs, OutputHeight, OutputWidth),
        Activation = Activation,
        Codebook = Clusters == 0 ? null : new CodebookDescription(Clusters, Precision.Fp32),
        Quantization = IsInteger
            ? new QuantizationDescription { Weights = Weights, Inputs = Precision.Int8, Outputs = Precision.Int8, Accumulators = Precision.Int32 }
            : QuantizationDescription.Fp32,
    };

    /// <summary>Odd shapes of every sort: windows of all sizes, strides, borders and gaps, groups that fill no vector, lines and single pixels.</summary>
    public static Gen<ConvolutionCase> Floats => Any(Gen.Const(Precision.Fp32));

    public static Gen<ConvolutionCase> Integers => Any(Gen.OneOfConst(Precision.Int8, Precision.Int8, Precision.Int4));

    /// <summary>What Winograd's minimal filtering takes: windows of 3×3 with a stride of 1, and no few channels.</summary>
    public static Gen<ConvolutionCase> Threes => WindowsOfThree(Gen.Const(Precision.Fp32));

    /// <summary>The same in integers.</summary>
    public static Gen<ConvolutionCase> IntegerThrees => WindowsOfThree(Gen.OneOfConst(Precision.Int8, Precision.Int8, Precision.Int4));

    private static Gen<ConvolutionCase> WindowsOfThree(Gen<Precision> precisions) =>
        from channels in Gen.OneOfConst(16, 17, 20, 33, 64)
        from outputs in Gen.OneOfConst(1, 8, 16, 17, 33, 64, 80)
        from height in Gen.OneOfConst(4, 5, 6, 7, 8, 13, 14)
        from width in Gen.OneOfConst(4, 5, 6, 7, 9, 13, 27)
        from padding in Gen.Select(Gen.OneOfConst(0, 1, 1, 2), Gen.OneOfConst(0, 1, 1, 2))
        from activation in Gen.OneOfConst(Activation.None, Activation.Relu, Activation.Tanh)
        from adds in Gen.Bool
        from wider in Gen.OneOfConst(0, 0, 16)
        from weights in precisions
        from codes in Gen.Bool
        let given = new ConvolutionCase(channels, outputs, height, width, 1, weights)
        {
            Padding = padding,
            Activation = activation,
            Codes = codes && weights != Precision.Fp32,
            Adds = adds,
            Wider = wider,
        }
        where given.OutputHeight >= 4 && given.OutputWidth >= 4 && !(given.Codes && given.Adds && activation == Activation.Tanh)
        select given;

    /// <summary>By round, the share of weights that are not 0: pruning leaves some, but kernels that skip zeros take all, and none.</summary>
    public double Density(int round) => new[] { 0.15, 0.4, 1, 0.02, 0 }[(round + Outputs + Channels) % 5];

    /// <summary>A window for each channel: channels that fill no vector, a vector and a half, few ones as colours, some output channels each, and windows that reach far beyond the map.</summary>
    public static Gen<ConvolutionCase> DepthwiseFloats => Depthwise(Gen.Const(Precision.Fp32));

    /// <summary>The same in integers.</summary>
    public static Gen<ConvolutionCase> DepthwiseIntegers => Depthwise(Gen.OneOfConst(Precision.Int8, Precision.Int8, Precision.Int4));

    private static Gen<ConvolutionCase> Depthwise(Gen<Precision> precisions) =>
        from channels in Gen.OneOfConst(2, 3, 4, 5, 16, 17, 24, 32, 40, 48, 64, 96, 112, 130, 200)
        from multiplier in Gen.OneOfConst(1, 1, 1, 1, 2, 3)
        from height in Gen.OneOfConst(1, 1, 2, 5, 7, 8, 13, 14)
        from width in Gen.OneOfConst(1, 2, 5, 7, 8, 13, 14, 19, 30)
        from kernel in Gen.Select(Gen.OneOfConst(1, 2, 3, 3, 3, 4, 5, 7, 9), Gen.OneOfConst(1, 2, 3, 3, 3, 4, 5, 7, 9))
        from stride in Gen.Select(Gen.OneOfConst(1, 1, 2, 3), Gen.OneOfConst(1, 1, 2, 3))
        from padding in Gen.Select(Gen.OneOfConst(0, 1, 1, 2, 3, 5), Gen.OneOfConst(0, 1, 1, 2, 3, 5))
        from dilation in Gen.Select(Gen.OneOfConst(1, 1, 1, 2, 3), Gen.OneOfConst(1, 1, 1, 2, 3))
        from weights in precisions
        from activation in Gen.OneOfConst(Activation.None, Activation.Relu, Activation.Relu, Activation.Sigmoid, Activation.Tanh)
        from codes in Gen.OneOfConst(true, true, false)
        from adds in Gen.Bool
        from wider in Gen.OneOfConst(0, 0, 16, 48)
        from clusters in Gen.OneOfConst(0, 0, 16)
        let given = new ConvolutionCase(channels, channels * multiplier, height, width, channels, weights)
        {
            Kernel = kernel,
            Stride = stride,
            Padding = padding,
            Dilation = dilation,
            Activation = activation,
            Codes = codes && weights != Precision.Fp32,
            Adds = adds,
            Wider = wider,
            Clusters = weights == Precision.Fp32 ? clusters : 0,
        }
        where given.OutputHeight > 0 && given.OutputWidth > 0 && !(given.Codes && given.Adds && activation is Activation.Sigmoid or Activation.Tanh)
        select given;

    private static Gen<ConvolutionCase> Any(Gen<Precision> precisions) =>
        from groups in Gen.OneOfConst(1, 1, 1, 1, 2, 3, 5, 8)
        from groupChannels in groups == 1 ? Gen.OneOfConst(1, 2, 3, 4, 5, 16, 17, 20, 32, 48) : Gen.OneOfConst(1, 2, 3, 8, 16)
        from groupOutputs in groups == 1 ? Gen.OneOfConst(1, 2, 8, 16, 17, 24, 33, 50, 64, 80, 130) : Gen.OneOfConst(1, 2, 3, 8, 16)
        from height in Gen.OneOfConst(1, 1, 2, 5, 7, 8, 13, 14)
        from width in Gen.OneOfConst(1, 2, 5, 7, 8, 13, 14, 19)
        from kernel in Gen.Select(Gen.OneOfConst(1, 2, 3, 3, 4, 5, 7), Gen.OneOfConst(1, 2, 3, 3, 4, 5, 7))
        from stride in Gen.Select(Gen.OneOfConst(1, 1, 2, 3), Gen.OneOfConst(1, 1, 2, 3))
        from padding in Gen.Select(Gen.OneOfConst(0, 0, 1, 2, 3), Gen.OneOfConst(0, 0, 1, 2, 3))
        from dilation in Gen.Select(Gen.OneOfConst(1, 1, 1, 2, 3), Gen.OneOfConst(1, 1, 1, 2, 3))
        from weights in precisions
        from activation in Gen.OneOfConst(Activation.None, Activation.Relu, Activation.Relu, Activation.Sigmoid, Activation.Tanh)
        from codes in Gen.Bool
        from adds in Gen.Bool
        from wider in Gen.OneOfConst(0, 0, 16, 48)
        let given = new ConvolutionCase(groups * groupChannels, groups * groupOutputs, height, width, groups, weights)
        {
            Kernel = kernel,
            Stride = stride,
            Padding = padding,
            Dilation = dilation,
            Activation = activation,
            Codes = codes && weights != Precision.Fp32,
            Adds = adds,
            Wider = wider,
        }
        where given.OutputHeight > 0 && given.OutputWidth > 0 && !(given.Codes && given.Adds && activation is Activation.Sigmoid or Activation.Tanh)
        select given;

    private static int Windows(int size, int kernel, int stride, int padding, int dilation)
    {
        var room = size + (2 * padding) - ((dilation * (kernel - 1)) + 1);
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
