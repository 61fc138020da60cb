using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>A 3×3 integer convolution by Winograd's minimal filtering that gives the very sums of windows: transformed weights of 16 bits, a matrix for each position of a tile.</summary>
public static class WinogradInt8
{
    /// <summary>
    /// The first published layout: by position, by tile of output channels, by pair of input channels, by channel of the tile, two transformed weights. The last tile has
    /// as many channels as are left of the padded ones. The shape's window is the size of a tile of results: 4 or 2.
    /// </summary>
    public sealed class V1 : PackedIntegerConvolution
    {
        private readonly AlignedMemory _weights;
        private readonly WinogradGeometry _winograd;
        private readonly int _pairs;

        private V1(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
            : base(weights, tier, shape, place)
        {
            _winograd = WinogradGeometry.Of(Layer.ToDefinition(), shape.Window)
                ?? throw new ArgumentException($"Layer {Layer.Path} has no windows of 3×3 with a stride of 1, which its kernel was generated for. Build again.", nameof(weights));
            _pairs = (Geometry.Channels + 1) / 2;
            _weights = AlignedMemory.Of<short>(Packed(weights));
            SumsHold = Holds(weights, WinogradMatrices.Limit(shape.Window));
        }

        /// <inheritdoc/>
        public override long TableBytes => _weights.Length;

        /// <summary>The weights, in pairs of 16 bits.</summary>
        public ref int Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _weights.Start);
        }

        /// <summary>Whether the weights keep sums inside 26 bits, or 30 where tiles are of 2×2, whatever the codes are; otherwise <see cref="RunScalar"/> runs, whose sums have 64.</summary>
        public bool SumsHold { get; }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place) =>
            new(IntegerWeights.Of(weights), tier, shape, place);

        /// <summary>The map in scratch, with its border and whole tiles: (tiles · size + 2) rows and columns.</summary>
        public ref byte EnterTiles(ref byte input, ref byte scratch)
        {
            FillMap(ref input, ref scratch);
            return ref scratch;
        }

        /// <inheritdoc/>
        internal override PackedConvolution[][] Parts(int most) => SumsHold ? WinogradParts.Of(_winograd, most, PartOf) : [];

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
            ref var window = ref Unsafe.As<byte, short>(ref Unsafe.Add(ref scratch, _winograd.MapBytes));
            Span<long> sums = stackalloc long[_winograd.Positions];
            Span<long> results = stackalloc long[_winograd.Size * _winograd.Size];
            for (var tile = 0; tile < _winograd.Tiles; tile++)
            {
                var (top, left) = (tile / _winograd.TilesWide * _winograd.Size, tile % _winograd.TilesWide * _winograd.Size);
                Transform(ref Unsafe.Add(ref map, ((top * _winograd.MapWidth) + left) * Geometry.Pitch), ref window);
                for (var channel = 0; channel < Geometry.PaddedOutputs; channel++)
                {
                    Multiply(channel, ref window, sums);
                    WinogradMatrices.TwoSided(WinogradMatrices.ScaledResults(_winograd.Size), sums, results);
                    Finish(top, left, channel, results, ref added, ref output);
                }
            }

            Leave(ref output);
        }

        /// <summary>Whether sums of codes times weights stay below a limit, for each output at both of its extremes.</summary>
        internal static bool Holds(IntegerLayerWeights weights, long limit)
        {
            for (var output = 0; output < weights.Codes.Length; output += weights.Columns)
            {
                var (positive, negative) = (0L, 0L);
                foreach (var code in weights.Codes.AsSpan(output, weights.Columns))
                {
                    positive += Math.Max((int)code, 0);
                    negative -= Math.Min((int)code, 0);
                }

                if (Math.Max(positive, negative) * weights.InputGrid.PartTop >= limit)
                {
                    return false;
                }
            }

            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private short[] Packed(IntegerLayerWeights weights)
        {
            var plane = _pairs * 2 * Geometry.PaddedOutputs;
            var packed = new short[checked(_winograd.Positions * plane)];
            Span<int> transformed = stackalloc int[_winograd.Positions];
            Span<int> window = stackalloc int[9];
            for (var output = 0; output < Geometry.Outputs; output++)
            {
                for (var channel = 0; channel < Geometry.Channels; channel++)
                {
                    for (var i = 0; i < window.Length; i++)
                    {
                        window[i] = weights.Codes[(((output * Geometry.Channels) + channel) * window.Length) + i];
                    }

                    WinogradWeights.Transform(_winograd.Size, window, transformed);
                    var place = WeightPlace(0, output, channel);
                    for (var position = 0; position < transformed.Length; position++)
                    {
                        // 16 bits hold what 8-bit weights become: magnitudes of a row add up to 7, those of both directions to 49, and 49 · 127 = 6,223.
                        packed[place + (position * plane)] = (short)transformed[position];
                    }
                }
            }

            return packed;
        }

        private void Finish(int top, int left, int channel, ReadOnlySpan<long> results, ref byte added, ref byte output)
        {
            var scale = WinogradMatrices.Scale(_winograd.Size);
            for (var i = 0; i < results.Length; i++)
            {
                var (y, x) = (top + (i / _winograd.Size), left + (i % _winograd.Size));
                if (y < Geometry.OutputHeight && x < Geometry.OutputWidth)
                {
                    Finish((y * Geometry.OutputWidth) + x, channel, (int)(results[i] / scale) + Unsafe.Add(ref Bias, channel), ref added, ref output);
                }
            }
        }

        private void Multiply(int channel, ref short window, Span<long> sums)
        {
            ref var weights = ref Unsafe.As<byte, short>(ref _weights.Start);
            for (var position = 0; position < sums.Length; position++)
            {
                var sum = 0L;
                for (var from = 0; from < Geometry.Channels; from++)
                {
                    sum += Unsafe.Add(ref weights, WeightPlace(position, channel, from)) * Unsafe.Add(ref window, (position * Geometry.Channels) + from);
                }

                sums[position] = sum;
            }
        }

        /// <summary>A tile's codes at each position, channel by channel.</summary>
        private void Transform(ref byte tile, ref short window)
        {
            Span<int> codes = stackalloc int[_winograd.Positions];
            Span<int> transformed = stackalloc int[_winograd.Positions];
            for (var channel = 0; channel < Geometry.Channels; channel++)
            {
                for (var i = 0; i < codes.Length; i++)
                {
                    codes[i] = Unsafe.Add(ref tile, (((i / _winograd.Reach * _winograd.MapWidth) + (i % _winograd.Reach)) * Geometry.Pitch) + channel);
                }

                WinogradMatrices.TwoSided(WinogradMatrices.Windows(_winograd.Size), codes, transformed);
                for (var position = 0; position < transformed.Length; position++)
                {
                    Unsafe.Add(ref window, (position * Geometry.Channels) + channel) = (short)transformed[position];
                }
            }
        }

        /// <summary>Where a transformed weight lies.</summary>
        private int WeightPlace(int position, int output, int channel)
        {
            var (first, columns) = Lane(output, _pairs);
            return (((position * _pairs * Geometry.PaddedOutputs) + first + (channel / 2 * columns)) * 2) + (channel % 2);
        }
    }
}
