using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>A pruned integer convolution: each output channel goes through its nonzeros by twos, many pixels of planes at a time.</summary>
public static class SparseConvolutionInt8
{
    /// <summary>
    /// The first published layout: by output channel, in runs of channels with equally many groups and twos, pairs of nonzeros. A pair is three words: where both numbers
    /// lie from a pixel's place, and their weights, twice. The shape's slots are the pixels of a tile, its depth the pairs of half a group.
    /// </summary>
    public sealed class V1 : PackedIntegerConvolution
    {
        private const int PairWords = 3;

        private readonly PlaneGeometry _planes;
        private readonly PlaneTile _tiles;
        private readonly AlignedMemory _pairs;
        private readonly AlignedMemory _members;
        private readonly AlignedMemory _runs;

        private V1(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place)
            : base(weights, tier, shape, place)
        {
            _planes = PlaneGeometry.Of(Layer.ToDefinition(), shape.Slots, sizeof(byte));
            _tiles = new PlaneTile(_planes);
            var rows = Enumerable.Range(0, Geometry.PaddedOutputs)
                .Select(channel => (Channel: channel, Dealt: SparsePairs.Deal(Nonzeros(weights, channel), shape.Depth, weights.InputGrid.PartTop)))
                .OrderBy(row => row.Dealt.Groups).ThenBy(row => row.Dealt.Twos).ToArray();
            var runs = rows.GroupBy(row => (row.Dealt.Groups, row.Dealt.Twos)).ToArray();
            var order = rows.SelectMany(row => row.Dealt.Order).ToArray();
            _members = AlignedMemory.Of<int>(rows.Select(row => row.Channel).ToArray());
            _runs = AlignedMemory.Of<int>(runs.SelectMany(run => new[] { run.Count(), run.Key.Groups, run.Key.Twos }).ToArray());
            _pairs = AlignedMemory.Of<int>(Enumerable.Range(0, order.Length / 2).SelectMany(pair => Words(order[2 * pair], order[(2 * pair) + 1])).ToArray());
            RunCount = runs.Length;
            DepthHolds = true;
        }

        /// <inheritdoc/>
        public override long TableBytes => _pairs.Length + _members.Length + _runs.Length;

        /// <summary>By pair: two places and a word of weights.</summary>
        public ref int Pairs
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _pairs.Start);
        }

        /// <summary>Output channels in the order of their pairs.</summary>
        public ref int Members
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _members.Start);
        }

        /// <summary>By run of channels: how many they are, and the groups and twos of pairs that each has.</summary>
        public ref int Runs
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _runs.Start);
        }

        /// <summary>Runs of channels.</summary>
        public int RunCount { get; }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="place">Where the layer stands.</param>
        /// <exception cref="ArgumentException">The weights or the place do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, in ConvolutionPlace place) =>
            new(IntegerWeights.Of(weights), tier, shape, place);

        /// <summary>Turns the input into planes, at the start of scratch. In a part they are what enters.</summary>
        public ref byte EnterPlanes(ref byte input, ref byte scratch)
        {
            FillMap(ref input, ref scratch);
            return ref IsWhole ? ref scratch : ref input;
        }

        /// <summary>Where a tile's results lie, and behind them what is added: behind the planes, or in the scratch of a part, which is its thread's own.</summary>
        public ref byte Room(ref byte scratch) => ref Unsafe.Add(ref scratch, IsWhole ? _planes.PlaneBytes : 0);

        /// <summary>Turns what is added to a tile of pixels, if anything, channel by channel.</summary>
        public void EnterTile(nuint tile, ref byte added, ref byte numbers)
        {
            if (Adds)
            {
                _tiles.Take((int)tile, AddsCodes ? sizeof(byte) : sizeof(float), ref added, Place.AddedStride, ref numbers);
            }
        }

        /// <summary>Turns the results of a tile of pixels back.</summary>
        public void LeaveTile(nuint tile, ref byte results, ref byte output) =>
            _tiles.Give((int)tile, GivesFloats ? sizeof(float) : sizeof(byte), ref results, ref output, Place.OutputStride);

        /// <inheritdoc/>
        // By tiles of pixels: all parts read the planes and the nonzeros, and each thread has room for a tile's results.
        internal override PackedConvolution[][] Parts(int most) => [Cut((Math.Min(_planes.Tiles, most), 1))];

        /// <inheritdoc/>
        internal override int EntryBands => _planes.ChannelBlocks;

        /// <inheritdoc/>
        internal override long EntryBytes => _planes.PlaneBytes;

        /// <inheritdoc/>
        internal override int RoomBytes => _planes.RoomBytes;

        /// <inheritdoc/>
        internal override double MultiplyAdds => 2.0 * _pairs.Length / (PairWords * sizeof(int)) * _planes.Positions;

        /// <inheritdoc/>
        internal override void EnterBands(ref byte input, ref byte scratch, int first, int end) => PlaneMap.Fill(ref input, Place.InputStride, ref scratch, _planes, BorderByte, first, end);

        /// <inheritdoc/>
        public override void RunScalar(ref byte input, ref byte added, ref byte output, ref byte scratch)
        {
            EnterPlanes(ref input, ref scratch);
            ref var pair = ref Pairs;
            ref var channel = ref Members;
            for (var run = 0; run < RunCount; run++)
            {
                ref var counts = ref Unsafe.Add(ref Runs, 3 * run);
                var pairs = (Unsafe.Add(ref counts, 1) * 2 * Shape.Depth) + (Unsafe.Add(ref counts, 2) * 2);
                for (var row = 0; row < counts; row++)
                {
                    for (var pixel = 0; pixel < Geometry.OutputPixels; pixel++)
                    {
                        var place = (pixel / Geometry.OutputWidth * _planes.Width) + (pixel % Geometry.OutputWidth);
                        Finish(pixel, channel, Sum(channel, ref pair, pairs, ref Unsafe.Add(ref scratch, place)), ref added, ref output);
                    }

                    pair = ref Unsafe.Add(ref pair, pairs * PairWords);
                    channel = ref Unsafe.Add(ref channel, 1);
                }
            }

            Leave(ref output);
        }

        private int Sum(int channel, ref int pair, int pairs, ref byte map)
        {
            var sum = Unsafe.Add(ref Bias, channel);
            for (var i = 0; i < pairs; i++)
            {
                ref var word = ref Unsafe.Add(ref pair, i * PairWords);
                var weights = Unsafe.Add(ref word, 2);
                sum += (sbyte)weights * Unsafe.Add(ref map, word);
                sum += (sbyte)(weights >> 8) * Unsafe.Add(ref map, Unsafe.Add(ref word, 1));
            }

            return sum;
        }

        private List<SparseWeight> Nonzeros(IntegerLayerWeights weights, int channel)
        {
            var nonzeros = new List<SparseWeight>();
            if (channel >= Geometry.Outputs)
            {
                return nonzeros;
            }

            var codes = weights.Codes.AsSpan(channel * weights.Columns, weights.Columns);
            for (var column = 0; column < codes.Length; column++)
            {
                if (codes[column] != 0)
                {
                    nonzeros.Add(new SparseWeight(_planes.Offset(Geometry.FirstOfGroup(channel), column), codes[column]));
                }
            }

            return nonzeros;
        }

        private static int[] Words(SparseWeight one, SparseWeight other)
        {
            var weights = (byte)one.Weight | ((byte)other.Weight << 8);
            return [one.Offset, other.Offset, weights | (weights << 16)];
        }
    }
}
