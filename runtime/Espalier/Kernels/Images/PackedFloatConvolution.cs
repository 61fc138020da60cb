using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>What all layouts of float convolutions share: where sums start and how they end.</summary>
public abstract class PackedFloatConvolution : PackedConvolution
{
    private readonly AlignedMemory _bias;

    private protected PackedFloatConvolution(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
        : base(weights, tier, shape, place)
    {
        if (place.OutputGrid is not null || place.AddedGrid is not null)
        {
            throw new System.ArgumentException($"Layer {Layer.Path} computes in fp32: floats leave it and floats are added, but a grid was given.", nameof(place));
        }

        var bias = new float[Geometry.PaddedOutputs];
        weights.Bias.CopyTo(bias);
        _bias = AlignedMemory.Of<float>(bias);
    }

    /// <summary>By output channel: where each sum starts. Padding channels start at 0.</summary>
    public ref float Bias
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.As<byte, float>(ref _bias.Start);
    }

    private protected override int NumberBytes => sizeof(float);

    /// <summary>After the last sum: activations other than ReLU act on the result in a pass of their own, once the last part of a layer that runs in parts has ended.</summary>
    public void Leave(ref byte output)
    {
        if (IsWhole)
        {
            End(ref output);
        }
    }

    /// <inheritdoc/>
    internal override void End(ref byte output) =>
        MapActivations.Apply(Place.Activation, ref Unsafe.As<byte, float>(ref output), Geometry.OutputPixels, Geometry.Outputs, Place.OutputStride);

    /// <summary>The scalar form of what ends every float kernel but for activations of their own pass.</summary>
    private protected void Finish(int pixel, int channel, float sum, ref byte added, ref byte output)
    {
        if (Adds)
        {
            sum += Unsafe.Add(ref Unsafe.As<byte, float>(ref added), (pixel * Place.AddedStride) + channel);
        }

        Unsafe.Add(ref Unsafe.As<byte, float>(ref output), (pixel * Place.OutputStride) + channel) = Rectifies && !(sum > 0) ? 0 : sum;
    }
}
