using Benchmarks.Models;

namespace Benchmarks.Convolutions;

/// <summary>Gaussian weights and inputs of a shape, as codes and as the floats that they stand for: all subjects compute the same numbers.</summary>
internal sealed class ConvolutionValues
{
    public const float InputScale = 1 / 127f;

    /// <param name="shape">The shape.</param>
    /// <param name="sparsity">The share of weights, the smallest, that are 0.</param>
    public ConvolutionValues(ConvolutionShape shape, double sparsity = 0)
    {
        var random = new SplitMix64(17);
        var products = shape.Channels * shape.Kernel * shape.Kernel;
        var deviation = Math.Sqrt(2.0 / products);

        // 4.5 standard deviations, as the largest of so many Gaussian weights.
        WeightScale = (float)(4.5 * deviation / 127);
        Codes = new sbyte[shape.Outputs * products];
        foreach (ref var code in Codes.AsSpan())
        {
            code = (sbyte)Math.Clamp(Math.Round(Gaussian(random) * deviation / WeightScale), -127, 127);
        }

        var least = Codes.Select(code => Math.Abs((int)code)).Order().ElementAt((int)(sparsity * (Codes.Length - 1)));
        foreach (ref var code in Codes.AsSpan())
        {
            code = sparsity > 0 && Math.Abs((int)code) <= least ? (sbyte)0 : code;
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

    /// <summary>The share of weights that are not 0.</summary>
    public double Density => Codes.Count(code => code != 0) / (double)Codes.Length;

    public float[] Floats => [.. Codes.Select(code => code * WeightScale)];

    public float[] FloatInputs => [.. Inputs.Select(input => input * InputScale)];

    private static double Gaussian(SplitMix64 random) => Math.Sqrt(-2 * Math.Log(random.Uniform())) * Math.Cos(2 * Math.PI * random.Uniform());
}
