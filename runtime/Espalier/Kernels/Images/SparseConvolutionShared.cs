using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>A pruned float convolution whose weights share values: each output channel goes through its nonzeros, many pixels of planes at a time.</summary>
public static class SparseConvolutionShared
{
    /// <summary>
    /// The first published layout: by output channel, in the order of their numbers of nonzeros, a word for each nonzero: in its lowest four bits the index of its
    /// centroid, above them where its number lies from a pixel's place.
    /// </summary>
    public sealed class V1 : PackedSparseFloatConvolution
    {
        private const int IndexBits = SparseConvolutionSharedLayout.IndexBits;
        private const int IndexMask = (1 << IndexBits) - 1;
        private readonly AlignedMemory _centroids;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place, SharedFloats shared)
            : base(weights, tier, shape, place, (offset, value) => [checked(offset << IndexBits) | shared.IndexOf(value)])
        {
            _centroids = AlignedMemory.Of<float>(shared.Table);
        }

        /// <summary>The shared values; the first is 0.</summary>
        public ref float Centroids
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, float>(ref _centroids.Start);
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights, of up to 16 values with 0 among them.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
        {
            var floats = IntegerWeights.FloatsOf(weights);
            return new(floats, tier, shape, place, SharedFloats.Of(floats));
        }

        private protected override int Words => 1;

        private protected override (int Offset, float Value) Read(ref int words) =>
            ((int)((uint)words >> IndexBits), Unsafe.Add(ref Centroids, words & IndexMask));
    }
}
