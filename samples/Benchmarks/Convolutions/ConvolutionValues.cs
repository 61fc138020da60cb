using Benchmarks.Models;

namespace Benchmarks.Convolutions;

/// <summary>Gaussian weights and inputs of a shape, as codes and as the floats that they stand for: all subjects compute the same numbers.</summary>
internal sealed class ConvolutionValues
{
    public const float InputScale = 1 / 127f;

    public ConvolutionValues(ConvolutionShape shape)
    {
        var random = new SplitMix64(17);
        var products = shape.GroupChannels * shape.Kernel * shape.Kernel;
        var deviation = Math.Sqrt(2.0 / products);

        // 4.5 standard deviations, as the largest of so many Gaussian weights.
        WeightScale = (float)(4.5 * deviation / 127);
        Codes = new sbyte[shape.Outputs * products];
        foreach (ref var code in Codes.AsSpan())
        {
            code = (sbyte)Math.Clamp(Math.Round(Gaussian(random) * deviation / WeightScale), -127, 127);
        }

        Inputs = new byte[shape.Channels * shape.Size * shape.Size];
        foreach (ref var input in Inputs.AsSpan())
        {
            // Half are 0, as after ReLU.
            input = (byte)Math.Clamp(Math.Round(Gaussian(random) * 40), 0, 127);
        }
    }

    public float WeightScale { get; }

    public sbyte[] Codes { get; }

    public byte[] Inputs { get; }

    public float[] Floats => [.. Codes.Select(code => code * WeightScale)];

    public float[] FloatInputs => [.. Inputs.Select(input => input * InputScale)];

    private static double Gaussian(SplitMix64 random) => Math.Sqrt(-2 * Math.Log(random.Uniform())) * Math.Cos(2 * Math.PI * random.Uniform());
}
