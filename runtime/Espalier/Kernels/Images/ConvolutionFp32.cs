using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>A float convolution whose windows are multiplied as they lie in the map: tiles of pixels × output channels.</summary>
public static class ConvolutionFp32
{
    /// <summary>
    /// The first published layout: by tile of output channels, by run of the window, by number of the run, the weights of the tile's channels. The last
    /// tile has as many channels as are left of the padded ones; weights that a layer has not are 0.
    /// </summary>
    public sealed class V1 : PackedFloatConvolution
    {
        private readonly AlignedMemory _weights;
        private readonly AlignedMemory _firstChannels;
        private readonly int _runLength;
        private readonly int _runs;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
            : base(weights, tier, shape, place)
        {
            _runLength = Geometry.RunLength(shape.Rows);
            _runs = Geometry.Window.Height * Geometry.RunsOfRow;
            _firstChannels = AlignedMemory.Of<int>(Geometry.FirstChannels(shape.Rows));
            var places = Geometry.PackedPlaces(_runLength);
            var packed = new float[checked(Depth * Geometry.PaddedOutputs)];
            for (var output = 0; output < Geometry.Outputs; output++)
            {
                var (first, columns) = Lane(output, Depth);
                var shift = Geometry.FirstOfGroup(output) - Unsafe.Add(ref FirstChannels, output / shape.Rows);
                var values = weights.Values.AsSpan(output * places.Length, places.Length);
                for (var column = 0; column < values.Length; column++)
                {
                    packed[first + ((places[column] + shift) * columns)] = values[column];
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

        /// <summary>By tile: the first channel of the map that it takes from.</summary>
        public ref int FirstChannels
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _firstChannels.Start);
        }

        /// <summary>Products of one sum.</summary>
        private int Depth => _runs * _runLength;

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place) =>
            new(IntegerWeights.FloatsOf(weights), tier, shape, place);

        /// <inheritdoc/>
        internal override PackedConvolution[][] Parts(int most) => [Cut(DirectParts.Of(this, Geometry.MapNumbers * NumberBytes, most))];

        /// <inheritdoc/>
        public override void RunScalar(ref byte input, ref byte added, ref byte output, ref byte scratch)
        {
            ref var map = ref Unsafe.As<byte, float>(ref Enter(ref input, ref scratch));
            for (var pixel = 0; pixel < Geometry.OutputPixels; pixel++)
            {
                for (var channel = 0; channel < Geometry.PaddedOutputs; channel++)
                {
                    var start = Unsafe.Add(ref WindowStarts, pixel) + Unsafe.Add(ref FirstChannels, channel / Shape.Rows);
                    Finish(pixel, channel, Sum(channel, ref Unsafe.Add(ref map, start)), ref added, ref output);
                }
            }

            Leave(ref output);
        }

        private float Sum(int channel, ref float window)
        {
            var sum = Unsafe.Add(ref Bias, channel);
            var (first, columns) = Lane(channel, Depth);
            ref var weight = ref Unsafe.Add(ref Weights, first);
            for (var run = 0; run < _runs; run++)
            {
                ref var numbers = ref Unsafe.Add(ref window, Geometry.RunStart(run));
                for (var i = 0; i < _runLength; i++)
                {
                    sum += weight * Unsafe.Add(ref numbers, i);
                    weight = ref Unsafe.Add(ref weight, columns);
                }
            }

            return sum;
        }
    }
}
