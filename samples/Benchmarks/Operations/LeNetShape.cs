namespace Benchmarks.Operations;

/// <summary>The layers of LeNet-300-100.</summary>
internal static class LeNetShape
{
    public static (int Inputs, int Outputs)[] Layers { get; } = [(784, 300), (300, 100), (100, 10)];

    /// <summary>Steps of raw inputs: 0 … 127.</summary>
    public const int InputTop = 127;
}
