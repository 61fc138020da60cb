using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// Pruned integer weights with a codebook of up to 16 centroids, one byte for each: four bits say how many columns the row moves on, four
/// which centroid stands there. A slice holds 64 rows, one for each byte of a vector.
/// </summary>
public static class DeltaLaneSlices
{
    /// <summary>
    /// The first published layout. Per step four vectors of 64 bytes. The high four bits of byte r of vector s: how many columns row r of
    /// the slice's lanes moves on before its slot s; it begins at column 0. The low four bits: centroid indices, in the order in which
    /// activations stand once bytes of the vectors 0 and 1, and of 2 and 3, were interleaved in parts of 128 bits: vectors 0 and 2 have
    /// the lower halves, 1 and 3 the upper ones. Empty slots have index 0, which is weight 0. Per step two window starts: where the
    /// columns lie whose seventh bit is clear, and those where it is set. Sums come out as the even, then the odd lanes of the lower
    /// halves, then those of the upper ones, and rows are dealt out to lanes so that they are in order then.
    /// </summary>
    public sealed class V1 : PackedIntegerLayer
    {
        private const int StepBytes = DeltaSchedule.Rows * DeltaSchedule.Slots;
        private const int StartBytes = 2 * sizeof(ushort);
        private readonly AlignedMemory _steps;
        private readonly AlignedMemory _offsets;
        private readonly AlignedMemory _stepCounts;
        private readonly AlignedMemory _centroids;

        private V1(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, DeltaSchedule schedule, bool floats)
            : base(weights, tier, shape, RowOrder.Inverse(schedule.Order), floats)
        {
            _steps = new AlignedMemory(checked(schedule.Steps * StepBytes));
            var centroids = NibbleCodebook.Of(weights);
            Fill(_steps.Bytes, schedule, NibbleCodebook.Codes(centroids));
            var offsets = new ushort[2 * schedule.Starts.Count];
            for (var step = 0; step < schedule.Starts.Count; step++)
            {
                var block = schedule.Starts[step] / DeltaSchedule.Block;
                offsets[2 * step] = checked((ushort)((block + 1) / 2 * DeltaSchedule.Window));
                offsets[(2 * step) + 1] = checked((ushort)((block / 2 * DeltaSchedule.Window) + DeltaSchedule.Block));
            }

            _offsets = AlignedMemory.Of<ushort>(offsets);
            _stepCounts = AlignedMemory.Of<int>(schedule.StepCounts);
            _centroids = AlignedMemory.Of<sbyte>(NibbleCodebook.Replicated(centroids));
            DepthHolds = true;
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            _centroids = whole._centroids;
            _stepCounts = whole._stepCounts.Part(firstTile * sizeof(int), tiles * sizeof(int));
            var counts = whole._stepCounts.As<int>();
            var first = StepSums.Of(counts[..firstTile]);
            var steps = StepSums.Of(counts.Slice(firstTile, tiles));
            _steps = whole._steps.Part(first * StepBytes, steps * StepBytes);
            _offsets = whole._offsets.Part(first * StartBytes, steps * StartBytes);
        }

        /// <inheritdoc/>
        public override long TableBytes => _steps.Length + _offsets.Length + _stepCounts.Length;

        /// <summary>The steps, slice by slice.</summary>
        public ref byte Steps
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref _steps.Start;
        }

        /// <summary>The two window starts of each step.</summary>
        public ref ushort Offsets
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, ushort>(ref _offsets.Start);
        }

        /// <summary>Steps of each slice.</summary>
        public ref int StepCounts
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _stepCounts.Start);
        }

        /// <summary>16 centroids, four times over: a byte permutation looks at six bits, so the bits above the index need no masking.</summary>
        public ref sbyte Centroids
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, sbyte>(ref _centroids.Start);
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for: 64 rows of four slots, a window of 128.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <param name="floats">Whether floats leave the layer.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel, or there is no kernel of this shape.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, bool floats)
        {
            var integer = IntegerWeights.Of(weights);
            CheckInputs(weights, inputs);
            if (shape is not { Rows: DeltaSchedule.Rows, Slots: DeltaSchedule.Slots, Window: DeltaSchedule.Window })
            {
                throw new ArgumentException($"Layer {weights.Layer.Path} asks for {shape}: this layout has slices of 64 rows, four slots a step and a window of 128 only.", nameof(shape));
            }

            NibbleCodebook.Of(integer);
            return new V1(integer, tier, shape, Schedule(integer, inputs, floats), floats);
        }

        internal static DeltaSchedule Schedule(IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, bool floats)
        {
            var nonzeros = NonzeroRows.Of(weights.Codes, weights.Nonzeros, weights.Layer.Inputs, inputs.Span);
            var schedule = DeltaSchedule.Build(nonzeros, weights.InputGrid.Top, sorted: true);
            if (!floats || schedule.Order.Length == 0)
            {
                return schedule;
            }

            var inOrder = DeltaSchedule.Build(nonzeros, weights.InputGrid.Top, sorted: false);
            return RowOrder.OwnOrderPays(nonzeros.Rows, schedule.Steps, inOrder.Steps, DeltaLaneSlicesLayout.StepCycles) ? inOrder : schedule;
        }

        internal override PackedLayer Part(int firstTile, int tiles) => new V1(this, firstTile, tiles);

        internal override int StepsOf(int tile) => _stepCounts.As<int>()[tile];

        /// <inheritdoc/>
        public override void Scalar(ref byte input, ref byte output)
        {
            var step = 0;
            Span<int> sums = stackalloc int[DeltaSchedule.Rows];
            Span<byte> places = stackalloc byte[DeltaSchedule.Rows];
            for (var slice = 0; slice < Tiles; slice++)
            {
                places.Clear();
                for (var row = 0; row < sums.Length; row++)
                {
                    sums[row] = Unsafe.Add(ref Bias, (slice * DeltaSchedule.Rows) + row);
                }

                for (var last = step + Unsafe.Add(ref StepCounts, slice); step < last; step++)
                {
                    AddStep(ref Unsafe.Add(ref Steps, step * StepBytes), ref Unsafe.Add(ref Offsets, 2 * step), ref input, places, sums);
                }

                for (var row = 0; row < sums.Length; row++)
                {
                    Finish((slice * DeltaSchedule.Rows) + row, sums[row], ref output);
                }
            }
        }

        private void AddStep(ref byte step, ref ushort offsets, ref byte input, Span<byte> places, Span<int> sums)
        {
            for (var slot = 0; slot < DeltaSchedule.Slots; slot++)
            {
                for (var row = 0; row < sums.Length; row++)
                {
                    var place = places[row] += (byte)(Unsafe.Add(ref step, (slot * DeltaSchedule.Rows) + DeltaLane.Of(row)) >> 4);
                    var half = (place / DeltaSchedule.Block) & 1;
                    var activation = Unsafe.Add(ref input, Unsafe.Add(ref offsets, half) + (place % DeltaSchedule.Block));
                    sums[row] += activation * Unsafe.Add(ref Centroids, Unsafe.Add(ref step, DeltaLane.OfCode(row, slot)) & 15);
                }
            }
        }

        private static void Fill(Span<byte> steps, DeltaSchedule schedule, byte[] codeOf)
        {
            for (var slot = 0; slot < schedule.Moves.Count; slot++)
            {
                var (vector, row) = Math.DivRem(slot, DeltaSchedule.Rows);
                var step = steps.Slice(slot / StepBytes * StepBytes, StepBytes);
                step[(vector % DeltaSchedule.Slots * DeltaSchedule.Rows) + DeltaLane.Of(row)] |= (byte)(schedule.Moves[slot] << 4);
                step[DeltaLane.OfCode(row, vector % DeltaSchedule.Slots)] |= codeOf[(byte)schedule.Codes[slot]];
            }
        }
    }
}
