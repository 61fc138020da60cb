using System;
using System.Linq;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>An integer convolution of which each channel has a window of its own: a vector of channels at a time, four numbers of a window's row together.</summary>
public static class DepthwiseInt8
{
    /// <summary>
    /// The first published layout: by vector of output channels (of the shape's rows, and at the end of halves of that), by row of the window, by four numbers of the row,
    /// four vectors of bytes: part i of vector v, of 16 bytes, has the four weights of each of the channels from 16·i + 4·v on. Weights that a layer has not are 0.
    /// </summary>
    public sealed class V1 : PackedIntegerConvolution
    {
        private const int QuadTaps = DepthwiseGeometry.QuadTaps;
        private readonly DepthwiseGeometry _geometry;
        private readonly AlignedMemory _weights;
        private readonly AlignedMemory _starts;
        private readonly int[] _startsOfRows;
        private readonly (int Channel, int Width)[] _vectors;

        private V1(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
            : base(weights, tier, shape, place)
        {
            _geometry = DepthwiseGeometry.OfPacked(Layer.ToDefinition(), place.InputStride, Layer.Path);
            _vectors = [.. _geometry.Vectors(shape.Rows).SelectMany(vector => Enumerable.Repeat(vector, vector.Width))];
            var window = Geometry.Window;
            var taps = window.Height * window.Width;
            var packed = new sbyte[checked(RowWeights * window.Height * _geometry.Pitch)];
            for (var output = 0; output < Geometry.Outputs; output++)
            {
                for (var tap = 0; tap < taps; tap++)
                {
                    packed[PlaceOf(output, tap)] = weights.Codes[(output * taps) + tap];
                }
            }

            _weights = AlignedMemory.Of<sbyte>(packed);
            Border = BorderByte;
            (_starts, _startsOfRows) = PackStarts();
        }

        /// <inheritdoc/>
        public override long TableBytes => _weights.Length;

        /// <summary>The weights.</summary>
        public ref byte Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref _weights.Start;
        }

        /// <summary>The code of what lies outside of the map.</summary>
        public byte Border { get; }

        /// <summary>Bytes of a row of a window of one channel.</summary>
        private int RowWeights => _geometry.RowQuads * QuadTaps;

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights, of a convolution with as many groups as input channels.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for: rows are channels of a vector, slots pixels of a tile.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place) =>
            new(IntegerWeights.Of(weights), tier, shape, place);

        /// <summary>What sums start with in a row of the result: the bias, and the products of the rows of windows that lie outside of the map. In the order of the kernel's sums.</summary>
        /// <param name="y">The row of the result.</param>
        public ref int Starts(nuint y) => ref Unsafe.Add(ref Unsafe.As<byte, int>(ref _starts.Start), _startsOfRows[y]);

        /// <inheritdoc/>
        public override void RunScalar(ref byte input, ref byte added, ref byte output, ref byte scratch)
        {
            ref var map = ref Enter(ref input, ref scratch);
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
        internal override long EntryBytes => (long)Geometry.Height * _geometry.RowPitch;

        /// <inheritdoc/>
        internal override void EnterBands(ref byte input, ref byte scratch, int first, int end) =>
            DepthwiseMap.Fill(ref input, Place.InputStride, ref scratch, _geometry, first, end);

        /// <summary>The zero point's products belong to the bias of every sum, so what lies outside counts with its code.</summary>
        private int Sum(int pixel, int channel, ref byte map)
        {
            var sum = Unsafe.Add(ref Bias, channel);
            for (var tap = 0; tap < Geometry.Window.Height * Geometry.Window.Width; tap++)
            {
                sum += Weight(channel, tap) * (_geometry.PlaceInside(pixel, tap) is >= 0 and var place ? Unsafe.Add(ref map, place + channel) : Border);
            }

            return sum;
        }

        private sbyte Weight(int channel, int tap) => (sbyte)Unsafe.Add(ref Weights, PlaceOf(channel, tap));

        private int PlaceOf(int channel, int tap)
        {
            var ((first, width), window) = (_vectors[channel], Geometry.Window);
            var (row, column) = (tap / window.Width, tap % window.Width);
            var quad = (row * _geometry.RowQuads) + (column / QuadTaps);
            var (part, vector, lane) = InVector(channel);
            return (first * RowWeights * window.Height) + (((quad * 4) + vector) * width) + (part * 16) + (lane * QuadTaps) + (column % QuadTaps);
        }

        /// <summary>Where interleaving brings a channel: the part of 128 bits, the vector of sums, and the 32-bit lane of that part.</summary>
        private (int Part, int Vector, int Lane) InVector(int channel)
        {
            var place = channel - _vectors[channel].Channel;
            return (place / 16, place % 16 / 4, place % 4);
        }

        /// <summary>One row for each number of rows of a window that are left out above and below, and by row of the result where its own begins.</summary>
        private (AlignedMemory Starts, int[] OfRows) PackStarts()
        {
            var inside = Enumerable.Range(0, Geometry.OutputHeight).Select(Geometry.RowsInside).ToArray();
            var distinct = inside.Distinct().ToArray();
            var starts = new int[distinct.Length * _geometry.Pitch];
            for (var i = 0; i < distinct.Length; i++)
            {
                for (var channel = 0; channel < _geometry.Pitch; channel++)
                {
                    var (first, width) = _vectors[channel];
                    var (part, vector, lane) = InVector(channel);
                    starts[(i * _geometry.Pitch) + first + (vector * (width / 4)) + (part * 4) + lane] = Start(channel, distinct[i]);
                }
            }

            return (AlignedMemory.Of<int>(starts), [.. inside.Select(rows => Array.IndexOf(distinct, rows) * _geometry.Pitch)]);
        }

        private int Start(int channel, (int First, int End) inside)
        {
            var (sum, window) = (Unsafe.Add(ref Bias, channel), Geometry.Window);
            for (var tap = 0; tap < window.Height * window.Width; tap++)
            {
                var row = tap / window.Width;
                sum += row >= inside.First && row < inside.End ? 0 : Weight(channel, tap) * Border;
            }

            return sum;
        }
    }
}
