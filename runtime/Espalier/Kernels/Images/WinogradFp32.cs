using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>A 3×3 float convolution by Winograd's minimal filtering: transformed weights, one matrix for each position of a tile.</summary>
public static class WinogradFp32
{
    /// <summary>
    /// The first published layout: by position, by tile of output channels, by input channel, the transformed weights of the tile's output channels. The last tile has
    /// as many channels as are left of the padded ones. The shape's window is the size of a tile of results: 4 or 2.
    /// </summary>
    public sealed class V1 : PackedFloatConvolution
    {
        private readonly AlignedMemory _weights;
        private readonly WinogradGeometry _winograd;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
            : base(weights, tier, shape, place)
        {
            _winograd = WinogradGeometry.Of(Layer.ToDefinition(), shape.Window)
                ?? throw new ArgumentException($"Layer {Layer.Path} has no windows of 3×3 with a stride of 1, which its kernel was generated for. Build again.", nameof(weights));
            _weights = AlignedMemory.Of<float>(Packed(weights));
        }

        /// <inheritdoc/>
        public override long TableBytes => _weights.Length;

        /// <summary>The weights.</summary>
        public ref float Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, float>(ref _weights.Start);
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place) =>
            new(IntegerWeights.FloatsOf(weights), tier, shape, place);

        /// <summary>The map in scratch, with its border and whole tiles: (tiles · size + 2) rows and columns.</summary>
        public ref float EnterTiles(ref byte input, ref byte scratch)
        {
            FillMap(ref input, ref scratch);
            return ref Unsafe.As<byte, float>(ref scratch);
        }

        /// <inheritdoc/>
        internal override PackedConvolution[][] Parts(int most) => WinogradParts.Of(_winograd, most, PartOf);

        /// <inheritdoc/>
        internal override int EntryBands => MapRows;

        /// <inheritdoc/>
        private protected override int MapRows => _winograd.MapHeight;

        /// <inheritdoc/>
        private protected override int MapColumns => _winograd.MapWidth;

        /// <inheritdoc/>
        internal override double MultiplyAdds => _winograd.MultiplyAdds;

        /// <inheritdoc/>
        public override void RunScalar(ref byte input, ref byte added, ref byte output, ref byte scratch)
        {
            ref var map = ref EnterTiles(ref input, ref scratch);
            ref var window = ref Unsafe.As<byte, float>(ref Unsafe.Add(ref scratch, _winograd.MapBytes));
            Span<float> products = stackalloc float[_winograd.Positions];
            Span<float> results = stackalloc float[_winograd.Size * _winograd.Size];
            for (var tile = 0; tile < _winograd.Tiles; tile++)
            {
                var (top, left) = (tile / _winograd.TilesWide * _winograd.Size, tile % _winograd.TilesWide * _winograd.Size);
                Transform(ref Unsafe.Add(ref map, ((top * _winograd.MapWidth) + left) * Geometry.Pitch), ref window);
                for (var channel = 0; channel < Geometry.PaddedOutputs; channel++)
                {
                    Multiply(channel, ref window, products);
                    WinogradMatrices.TwoSided(WinogradMatrices.Results(_winograd.Size), products, results);
                    Finish(top, left, channel, results, ref added, ref output);
                }
            }

            Leave(ref output);
        }

        private void Finish(int top, int left, int channel, ReadOnlySpan<float> results, ref byte added, ref byte output)
        {
            for (var i = 0; i < results.Length; i++)
            {
                var (y, x) = (top + (i / _winograd.Size), left + (i % _winograd.Size));
                if (y < Geometry.OutputHeight && x < Geometry.OutputWidth)
                {
                    Finish((y * Geometry.OutputWidth) + x, channel, results[i] + Unsafe.Add(ref Bias, channel), ref added, ref output);
                }
            }
        }

        private void Multiply(int channel, ref float window, Span<float> products)
        {
            var (first, columns) = Lane(channel, Geometry.Channels);
            for (var position = 0; position < products.Length; position++)
            {
                var sum = 0f;
                for (var from = 0; from < Geometry.Channels; from++)
                {
                    sum += Unsafe.Add(ref Weights, (position * Geometry.Channels * Geometry.PaddedOutputs) + first + (from * columns)) * Unsafe.Add(ref window, (position * Geometry.Channels) + from);
                }

                products[position] = sum;
            }
        }

        /// <summary>A tile's numbers at each position, channel by channel.</summary>
        private void Transform(ref float tile, ref float window)
        {
            Span<float> numbers = stackalloc float[_winograd.Positions];
            Span<float> transformed = stackalloc float[_winograd.Positions];
            for (var channel = 0; channel < Geometry.Channels; channel++)
            {
                for (var i = 0; i < numbers.Length; i++)
                {
                    numbers[i] = Unsafe.Add(ref tile, (((i / _winograd.Reach * _winograd.MapWidth) + (i % _winograd.Reach)) * Geometry.Pitch) + channel);
                }

                WinogradMatrices.TwoSided(WinogradMatrices.Windows(_winograd.Size), numbers, transformed);
                for (var position = 0; position < transformed.Length; position++)
                {
                    Unsafe.Add(ref window, (position * Geometry.Channels) + channel) = transformed[position];
                }
            }
        }

        /// <summary>The transformed weights, in double until they are rounded once.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private float[] Packed(FloatLayerWeights weights)
        {
            var plane = Geometry.Channels * Geometry.PaddedOutputs;
            var packed = new float[checked(_winograd.Positions * plane)];
            var divisors = WinogradWeights.Divisors(_winograd.Size);
            Span<double> factors = stackalloc double[_winograd.Positions];
            for (var position = 0; position < factors.Length; position++)
            {
                factors[position] = 1 / (divisors[position / _winograd.Reach] * divisors[position % _winograd.Reach]);
            }

            Span<double> transformed = stackalloc double[_winograd.Positions];
            Span<double> window = stackalloc double[9];
            for (var output = 0; output < Geometry.Outputs; output++)
            {
                var (first, columns) = Lane(output, Geometry.Channels);
                for (var channel = 0; channel < Geometry.Channels; channel++)
                {
                    for (var i = 0; i < window.Length; i++)
                    {
                        window[i] = weights.Values[(((output * Geometry.Channels) + channel) * window.Length) + i];
                    }

                    WinogradWeights.Transform(_winograd.Size, window, transformed);
                    for (var position = 0; position < transformed.Length; position++)
                    {
                        packed[(position * plane) + first + (channel * columns)] = (float)(transformed[position] * factors[position]);
                    }
                }
            }

            return packed;
        }
    }
}
