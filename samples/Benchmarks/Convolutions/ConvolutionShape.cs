using Espalier;

namespace Benchmarks.Convolutions;

/// <summary>A layer of a published network: square maps, square windows.</summary>
/// <param name="Network">The network.</param>
/// <param name="Channels">Channels that enter.</param>
/// <param name="Size">Rows and columns that enter.</param>
/// <param name="Outputs">Channels that leave.</param>
/// <param name="Kernel">Rows and columns of the window.</param>
/// <param name="Stride">From one window to the next.</param>
/// <param name="Padding">Around the map.</param>
/// <param name="Times">How often the network has this layer.</param>
internal sealed record ConvolutionShape(string Network, int Channels, int Size, int Outputs, int Kernel, int Stride, int Padding, int Times)
{
    public string Name => $"{Network}/{Channels}x{Size}-{Outputs}-k{Kernel}{(Stride > 1 ? $"s{Stride}" : "")}";

    public int OutputSize => ((Size + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>Groups of channels: 1, or one for each channel.</summary>
    public int Groups { get; init; } = 1;

    public int GroupChannels => Channels / Groups;

    public long Products => (long)GroupChannels * Outputs * Kernel * Kernel * OutputSize * OutputSize;

    /// <summary>
    /// How many copies run one after the other: ONNX Runtime brings maps into a form of its own and back, which a network pays for once and a single layer
    /// would pay for every time.
    /// </summary>
    public int Copies => Channels == Outputs && Size == OutputSize ? 4 : 1;

    public int InputStride => Channels == 3 ? 4 : (Channels + 15) / 16 * 16;

    public int OutputStride => (Outputs + 15) / 16 * 16;

    public LayerDescription Layer(Precision precision) => new()
    {
        Path = Name,
        Kind = "Conv2D",
        Arguments = [Channels, Outputs, Kernel, Kernel, Stride, Stride, Padding, Padding, 1, 1, Groups],
        Inputs = Channels * Size * Size,
        Outputs = Outputs * OutputSize * OutputSize,
        InputShape = new ImageShape(Channels, Size, Size),
        OutputShape = new ImageShape(Outputs, OutputSize, OutputSize),
        Activation = Activation.Relu,
        Quantization = precision == Precision.Int8
            ? new QuantizationDescription { Weights = precision, Inputs = precision, Outputs = precision, Accumulators = Precision.Int32, PerChannel = false }
            : QuantizationDescription.Fp32,
    };

    public static readonly IReadOnlyList<ConvolutionShape> All =
    [
        new("resnet18", 3, 224, 64, 7, 2, 3, 1),
        new("resnet18", 64, 56, 64, 3, 1, 1, 4),
        new("resnet18", 64, 56, 128, 3, 2, 1, 1),
        new("resnet18", 64, 56, 128, 1, 2, 0, 1),
        new("resnet18", 128, 28, 128, 3, 1, 1, 3),
        new("resnet18", 128, 28, 256, 3, 2, 1, 1),
        new("resnet18", 128, 28, 256, 1, 2, 0, 1),
        new("resnet18", 256, 14, 256, 3, 1, 1, 3),
        new("resnet18", 256, 14, 512, 3, 2, 1, 1),
        new("resnet18", 256, 14, 512, 1, 2, 0, 1),
        new("resnet18", 512, 7, 512, 3, 1, 1, 3),
        new("resnet152", 256, 56, 64, 1, 1, 0, 2),
        new("resnet152", 64, 56, 256, 1, 1, 0, 4),
        new("resnet152", 512, 28, 128, 1, 1, 0, 7),
        new("resnet152", 128, 28, 512, 1, 1, 0, 8),
        new("resnet152", 1024, 14, 256, 1, 1, 0, 35),
        new("resnet152", 256, 14, 1024, 1, 1, 0, 36),
        new("resnet152", 2048, 7, 512, 1, 1, 0, 2),
        new("resnet152", 512, 7, 2048, 1, 1, 0, 3),
        new("vgg16", 3, 224, 64, 3, 1, 1, 1),
        new("vgg16", 64, 224, 64, 3, 1, 1, 1),
        new("vgg16", 64, 112, 128, 3, 1, 1, 1),
        new("vgg16", 128, 112, 128, 3, 1, 1, 1),
        new("vgg16", 128, 56, 256, 3, 1, 1, 1),
        new("vgg16", 256, 56, 256, 3, 1, 1, 2),
        new("vgg16", 256, 28, 512, 3, 1, 1, 1),
        new("vgg16", 512, 28, 512, 3, 1, 1, 2),
        new("vgg16", 512, 14, 512, 3, 1, 1, 3),
        new("squeezenet", 3, 224, 64, 3, 2, 0, 1),
        new("squeezenet", 64, 55, 16, 1, 1, 0, 1),
        new("squeezenet", 16, 55, 64, 1, 1, 0, 2),
        new("squeezenet", 16, 55, 64, 3, 1, 1, 2),
        new("squeezenet", 128, 27, 32, 1, 1, 0, 1),
        new("squeezenet", 32, 27, 128, 1, 1, 0, 2),
        new("squeezenet", 32, 27, 128, 3, 1, 1, 2),
        new("squeezenet", 384, 13, 64, 1, 1, 0, 1),
        new("squeezenet", 48, 13, 192, 3, 1, 1, 2),
        new("squeezenet", 64, 13, 256, 3, 1, 1, 2),
        new("squeezenet", 512, 13, 1000, 1, 1, 0, 1),
        new("alexnet", 3, 224, 64, 11, 4, 2, 1),
        new("alexnet", 64, 27, 192, 5, 1, 2, 1),
        new("alexnet", 192, 13, 384, 3, 1, 1, 1),
        new("alexnet", 384, 13, 256, 3, 1, 1, 1),
        new("alexnet", 256, 13, 256, 3, 1, 1, 1),
        Depthwise(32, 112, 3, 1, 1),
        Depthwise(64, 112, 3, 2, 1),
        Depthwise(128, 56, 3, 1, 1),
        Depthwise(128, 56, 3, 2, 1),
        Depthwise(256, 28, 3, 1, 1),
        Depthwise(256, 28, 3, 2, 1),
        Depthwise(512, 14, 3, 1, 5),
        Depthwise(512, 14, 3, 2, 1),
        Depthwise(1024, 7, 3, 1, 1),
    ];

    private static ConvolutionShape Depthwise(int channels, int size, int kernel, int stride, int times) =>
        new("mobilenet", channels, size, channels, kernel, stride, kernel / 2, times) { Groups = channels };
}
