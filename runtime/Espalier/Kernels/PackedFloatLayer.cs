using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>What all layouts of float layers share: where their sums start and how they end.</summary>
public abstract class PackedFloatLayer : PackedLayer
{
    private readonly AlignedMemory _bias;

    private protected PackedFloatLayer(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, int[] positions)
        : base(weights, tier, shape, positions)
    {
        var bias = new float[Tiles * shape.Rows];
        for (var output = 0; output < weights.Bias.Length; output++)
        {
            bias[positions.Length == 0 ? output : positions[output]] = weights.BiasArray[output];
        }

        _bias = AlignedMemory.Of<float>(bias);
    }

    private protected PackedFloatLayer(PackedFloatLayer whole, int firstTile, int tiles)
        : base(whole, firstTile, tiles) =>
        _bias = whole._bias.Part(firstTile * Shape.Rows * sizeof(float), tiles * Shape.Rows * sizeof(float));

    /// <summary>By position: where each sum starts.</summary>
    public ref float Bias
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, float>(ref _bias.Start);
    }

    /// <summary>The scalar form of what ends every float kernel; other activations follow in a pass of their own.</summary>
    private protected void Finish(int position, float sum, ref byte output) =>
        Unsafe.Add(ref Unsafe.As<byte, float>(ref output), position) = Layer.Activation == Activation.Relu && !(sum > 0) ? 0 : sum;
}
