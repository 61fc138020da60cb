namespace Espalier.Kernels;

/// <summary>
/// Where a convolution stands in a network: how the maps around it lie in memory and what becomes of its sums. Maps are channels last; their
/// padding channels hold finite numbers, and a convolution writes finite numbers to those of its own.
/// </summary>
/// <param name="InputStride">Numbers from one pixel of the input to the next: its channels rounded up to 16, or 1, 2 or 4 of a model's input.</param>
/// <param name="OutputStride">Numbers from one pixel of the result to the next, at least the output channels rounded up to 16: more where several layers write to one map.</param>
/// <param name="AddedStride">Numbers from one pixel of the map that is added to the next, at least the output channels rounded up to 16; 0 where nothing is added.</param>
public readonly record struct ConvolutionPlace(int InputStride, int OutputStride, int AddedStride = 0)
{
    /// <summary>What happens to the sums at the end: the layer's own activation, or that of the addition where one is fused.</summary>
    public Activation Activation { get; init; }

    /// <summary>The grid of the codes that leave; null where floats leave. Float layers give floats alone.</summary>
    public ActivationGrid? OutputGrid { get; init; }

    /// <summary>The grid of the codes that are added; null where floats are.</summary>
    public ActivationGrid? AddedGrid { get; init; }
}
