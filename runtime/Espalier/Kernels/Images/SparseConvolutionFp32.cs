using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>A pruned float convolution: each output channel goes through its nonzeros, many pixels of planes at a time.</summary>
public static class SparseConvolutionFp32
{
    /// <summary>The first published layout: by output channel, in the order of their numbers of nonzeros, where each nonzero's number lies from a pixel's place, and its value.</summary>
    public sealed class V1 : PackedSparseFloatConvolution
    {
        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
            : base(weights, tier, shape, place, (offset, value) => [offset, BitConverter.SingleToInt32Bits(value)])
        {
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place) =>
            new(IntegerWeights.FloatsOf(weights), tier, shape, place);

        private protected override int Words => 2;

        private protected override (int Offset, float Value) Read(ref int words) => (words, BitConverter.Int32BitsToSingle(Unsafe.Add(ref words, 1)));
    }
}
