using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>A float convolution of which each channel has a window of its own: a vector of channels at a time, read where the map lies.</summary>
public static class DepthwiseFp32
{
    /// <summary>
    /// The first published layout: by vector of the shape's rows of output channels, by row of the window, by number of the row, a weight for each channel. Weights that a
    /// layer has not are 0.
    /// </summary>
    public sealed class V1 : PackedFloatConvolution
    {
        private readonly DepthwiseGeometry _geometry;
        private readonly AlignedMemory _weights;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
            : base(weights, tier, shape, place)
        {
            _geometry = DepthwiseGeometry.OfPacked(Layer.ToDefinition(), place.InputStride, Layer.Path);
            var packed = new float[Taps * _geometry.Pitch];
            for (var output = 0; output < Geometry.Outputs; output++)
            {
                for (var tap = 0; tap < Taps; tap++)
                {
                    packed[PlaceOf(output, tap)] = weights.Values[(output * Taps) + tap];
                }
            }

            _weights = AlignedMemory.Of<float>(packed);
        }

        /// <inheritdoc/>
        public override long TableBytes => _weights.Length;

        /// <summary>The weights.</summary>
        public ref float Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, float>(ref _weights.Start);
        }

        private int Taps => Geometry.Window.Height * Geometry.Window.Width;

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights, of a convolution with as many groups as input channels.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for: rows are channels of a vector, slots pixels of a tile.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place) =>
            new(IntegerWeights.FloatsOf(weights), tier, shape, place);

        /// <inheritdoc/>
        public override void RunScalar(ref byte input, ref byte added, ref byte output, ref byte scratch)
        {
            ref var map = ref Unsafe.As<byte, float>(ref Enter(ref input, ref scratch));
            for (var pixel = 0; pixel < Geometry.OutputPixels; pixel++)
            {
                for (var channel = 0; channel < Geometry.PaddedOutputs; channel++)
                {
                    Finish(pixel, channel, Sum(pixel, channel, ref map), ref added, ref output);
                }
            }

            Leave(ref output);
        }

        /// <inheritdoc/>
        // By rows of the result and, where those are too few, by channels as well: weights are few, and the map is read in its order.
        internal override PackedConvolution[][] Parts(int most) => [Cut(DirectParts.Divide(Geometry.OutputHeight, Geometry.Tiles(Shape.Rows), most))];

        /// <inheritdoc/>
        internal override int EntryBands => _geometry.Copies(Place.InputStride) ? Geometry.Height : 0;

        /// <inheritdoc/>
        internal override long EntryBytes => (long)Geometry.Height * _geometry.RowPitch * NumberBytes;

        /// <inheritdoc/>
        internal override void EnterBands(ref byte input, ref byte scratch, int first, int end) =>
            DepthwiseMap.Fill(ref Unsafe.As<byte, float>(ref input), Place.InputStride, ref Unsafe.As<byte, float>(ref scratch), _geometry, first, end);

        private float Sum(int pixel, int channel, ref float map)
        {
            var sum = Unsafe.Add(ref Bias, channel);
            for (var tap = 0; tap < Taps; tap++)
            {
                if (_geometry.PlaceInside(pixel, tap) is >= 0 and var place)
                {
                    sum += Unsafe.Add(ref Weights, PlaceOf(channel, tap)) * Unsafe.Add(ref map, place + channel);
                }
            }

            return sum;
        }

        private int PlaceOf(int channel, int tap)
        {
            var (first, columns) = Lane(channel, Taps);
            return first + (tap * columns);
        }
    }
}
