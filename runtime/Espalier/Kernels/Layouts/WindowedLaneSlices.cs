using System;
using System.Runtime.CompilerServices;
using Espalier.Planning;

namespace Espalier.Kernels;

/// <summary>
/// Pruned integer weights as windowed lane slices. A slice holds as many rows as a vector has 32-bit lanes, or twice as many; a pair of
/// vectors takes up to eight nonzeros of each row, or four, out of one window of activations. No sums across lanes, no gathers.
/// </summary>
public static class WindowedLaneSlices
{
    /// <summary>
    /// The first published layout. Per pair of vectors of V bytes: V column indices of the first, V of the second (column less window
    /// start; in windows of 32 the fifth bit stands in the eighth place), then either V bytes with two 4-bit centroid indices each
    /// (low: first vector) or V weights of the first and V of the second. Empty slots have index 0 and weight 0. The vectors
    /// are two steps of the same rows, which share a window start or have one each, or the lower and the upper rows of one step.
    /// </summary>
    public sealed class V1 : PackedIntegerLayer
    {
        private readonly AlignedMemory _steps;
        private readonly AlignedMemory _offsets;
        private readonly AlignedMemory _pairCounts;
        private readonly AlignedMemory _centroids;

        private V1(IntegerLayerWeights weights, InstructionTier tier, KernelShape shape, WindowedSchedule schedule, bool nibbles, bool floats)
            : base(weights, tier, shape, schedule.Positions, floats)
        {
            Nibbles = nibbles;
            var vector = shape.Rows * shape.Slots * shape.PairSteps / 2;
            PairBytes = vector * (nibbles ? 3 : 4);
            _steps = new AlignedMemory(checked(schedule.Steps * PairBytes));
            var steps = _steps.Bytes;
            var centroids = nibbles ? weights.Centroids! : [];
            var nibbleOf = NibbleCodebook.Codes(centroids);
            foreach (ref readonly var entry in schedule.Entries.AsSpan())
            {
                // The schedule's steps are pairs here. Of two steps, slots 0 to 3 belong to the first; of one, the lower rows to the first vector.
                var place = (entry.Slot < shape.Slots ? 0 : vector - shape.Slots) + (entry.Lane * shape.Slots) + entry.Slot;
                var half = place < vector ? 0 : 1;
                var byteInVector = place - (half * vector);
                var pair = entry.Step * PairBytes;
                steps[pair + place] = shape.Window == 32 ? WithTableBit(entry.Index) : entry.Index;
                if (nibbles)
                {
                    steps[pair + (2 * vector) + byteInVector] |= (byte)(nibbleOf[(byte)entry.Code] << (4 * half));
                }
                else
                {
                    steps[pair + ((2 + half) * vector) + byteInVector] = (byte)entry.Code;
                }
            }

            var offsets = new ushort[schedule.Offsets.Count];
            for (var i = 0; i < offsets.Length; i++)
            {
                offsets[i] = checked((ushort)schedule.Offsets[i]);
            }

            _offsets = AlignedMemory.Of<ushort>(offsets);
            _pairCounts = AlignedMemory.Of<int>(schedule.StepCounts);
            _centroids = AlignedMemory.Of<sbyte>(NibbleCodebook.Replicated(centroids));
            FoldedSlice = schedule.IsFolded ? schedule.StepCounts.Length - 1 : -1;
            DepthHolds = shape.Depth <= 1 || LaneSliceDepth.Prove(schedule, weights, shape.Slots) >= shape.Depth;
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            (Nibbles, PairBytes, _centroids) = (whole.Nibbles, whole.PairBytes, whole._centroids);
            FoldedSlice = whole.FoldedSlice == firstTile + tiles - 1 ? tiles - 1 : -1;
            _pairCounts = whole._pairCounts.Part(firstTile * sizeof(int), tiles * sizeof(int));
            var counts = whole._pairCounts.As<int>();
            var first = StepSums.Of(counts[..firstTile]);
            var pairs = StepSums.Of(counts.Slice(firstTile, tiles));
            _steps = whole._steps.Part(first * PairBytes, pairs * PairBytes);
            var startBytes = Shape.Windows * sizeof(ushort);
            _offsets = whole._offsets.Part(first * startBytes, pairs * startBytes);
        }

        /// <summary>Whether weights are 4-bit centroid indices.</summary>
        public bool Nibbles { get; }

        /// <summary>The slice whose rows have part of their sums in the second vector; −1 when there is none.</summary>
        public int FoldedSlice { get; }

        /// <summary>Bytes of a pair of steps.</summary>
        public int PairBytes { get; }

        /// <inheritdoc/>
        public override long TableBytes => _steps.Length + _offsets.Length + _pairCounts.Length;

        /// <summary>The pairs of steps, slice by slice.</summary>
        public ref byte Steps
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref _steps.Start;
        }

        /// <summary>The window start of each pair, or of each step where the shape has two windows a pair.</summary>
        public ref ushort Offsets
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, ushort>(ref _offsets.Start);
        }

        /// <summary>Pairs of each slice.</summary>
        public ref int PairCounts
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _pairCounts.Start);
        }

        /// <summary>16 centroids, four times over: a byte permutation looks at six bits, so the bits above the nibble need no masking.</summary>
        public ref sbyte Centroids
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, sbyte>(ref _centroids.Start);
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <param name="nibbles">Whether the kernel expects 4-bit centroid indices.</param>
        /// <param name="floats">Whether floats leave the layer.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs, bool nibbles, bool floats)
        {
            var integer = IntegerWeights.Of(weights);
            CheckInputs(weights, inputs);
            if (nibbles)
            {
                NibbleCodebook.Of(integer);
            }

            var nonzeros = Nonzeros(integer, inputs);
            var schedule = Schedule(nonzeros, weights.Layer.Inputs, shape, sorted: true);
            return new V1(integer, tier, shape, floats ? InOrderIfCheaper(schedule, nonzeros, weights.Layer.Inputs, tier, shape) : schedule, nibbles, floats);
        }

        internal override PackedLayer Part(int firstTile, int tiles) => new V1(this, firstTile, tiles);

        internal override int StepsOf(int tile) => _pairCounts.As<int>()[tile];

        /// <inheritdoc/>
        public override void Scalar(ref byte input, ref byte output)
        {
            var pair = 0;
            var vector = Shape.Rows * Shape.Slots * Shape.PairSteps / 2;
            var lanes = vector / Shape.Slots;
            Span<int> sums = stackalloc int[Shape.Rows];
            Span<int> highSums = stackalloc int[Shape.Rows];
            for (var slice = 0; slice < Tiles; slice++)
            {
                for (var lane = 0; lane < sums.Length; lane++)
                {
                    sums[lane] = Unsafe.Add(ref Bias, (slice * Shape.Rows) + lane);
                    highSums[lane] = Unsafe.Add(ref HighBias, (slice * Shape.Rows) + lane);
                }

                for (var last = pair + Unsafe.Add(ref PairCounts, slice); pair < last; pair++)
                {
                    ref var step = ref Unsafe.Add(ref Steps, pair * PairBytes);
                    for (var slot = 0; slot < 2 * vector; slot++)
                    {
                        var (half, at) = Math.DivRem(slot, vector);
                        ref var window = ref Unsafe.Add(ref input, Unsafe.Add(ref Offsets, (Shape.Windows * pair) + (Shape.Windows == 1 ? 0 : half)));
                        var index = Shape.Window == 32 ? WithoutTableBit(Unsafe.Add(ref step, slot)) : Unsafe.Add(ref step, slot);
                        var row = (at / Shape.Slots) + (Shape.PairSteps == 1 ? half * lanes : 0);
                        var weight = WeightAt(ref step, slot, vector);
                        sums[row] += Unsafe.Add(ref window, index) * weight;
                        highSums[row] += TakesPlanes ? Unsafe.Add(ref window, InputPlane + index) * weight : 0;
                    }
                }

                for (var lane = 0; slice == FoldedSlice && lane < sums.Length / 2; lane++)
                {
                    sums[lane] += sums[lane + (sums.Length / 2)];
                    highSums[lane] += highSums[lane + (sums.Length / 2)];
                }

                for (var lane = 0; lane < sums.Length; lane++)
                {
                    Finish((slice * Shape.Rows) + lane, sums[lane], highSums[lane], ref output);
                }
            }
        }

        // Byte shuffles see 16 bytes and give 0 for an index with its highest bit: a window of 32 is two of them, told apart by that bit.
        private static byte WithTableBit(byte index) => (byte)((index & 15) | ((index & 16) << 3));

        private static byte WithoutTableBit(byte index) => (byte)((index & 15) | ((index & 128) >> 3));

        private int WeightAt(ref byte step, int slot, int vector)
        {
            if (!Nibbles)
            {
                return (sbyte)Unsafe.Add(ref step, (2 * vector) + slot);
            }

            var codes = Unsafe.Add(ref step, (2 * vector) + (slot % vector));
            return Unsafe.Add(ref Centroids, slot < vector ? codes & 15 : codes >> 4);
        }

        internal static WindowedSchedule Schedule(IntegerLayerWeights weights, KernelShape shape, ReadOnlyMemory<int> inputs) =>
            Schedule(Nonzeros(weights, inputs), weights.Layer.Inputs, shape, sorted: true);

        private static NonzeroRows Nonzeros(IntegerLayerWeights weights, ReadOnlyMemory<int> inputs) =>
            NonzeroRows.Of(weights.Codes, weights.Nonzeros, weights.Layer.Inputs, inputs.Span);

        // Where all activations fit one window it starts at 0: kernels load it once and ask for no offsets.
        private static WindowedSchedule Schedule(NonzeroRows nonzeros, int columns, KernelShape shape, bool sorted)
        {
            var whole = columns <= shape.Window;
            var shared = shape is { Windows: 1, PairSteps: 2 };
            var schedule = WindowedSchedule.Build(
                nonzeros,
                shape.Rows,
                shared ? 2 * shape.Slots : shape.Slots,
                shape.Window,
                whole ? shape.Window : Alignment(shape),
                sorted,
                shape.Folds);
            if (shape.PairSteps == 2)
            {
                schedule = shared ? schedule : schedule.InPairs();
                SlotBalance.Apply(schedule, shape.Slots, whole ? 1 : shape.Windows);
            }

            return schedule;
        }

        /// <summary>The schedule with rows in their own order, where that pays.</summary>
        private static WindowedSchedule InOrderIfCheaper(WindowedSchedule sorted, NonzeroRows nonzeros, int columns, InstructionTier tier, KernelShape shape)
        {
            if (sorted.Positions.Length == 0)
            {
                return sorted;
            }

            var inOrder = Schedule(nonzeros, columns, shape, sorted: false);
            return RowOrder.OwnOrderPays(nonzeros.Rows, sorted.Steps, inOrder.Steps, PairCycles(tier, shape)) ? inOrder : sorted;
        }

        private static double PairCycles(InstructionTier tier, KernelShape shape)
        {
            foreach (var variant in LaneSliceVariant.Of((Tier)tier))
            {
                if (variant.Rows == shape.Rows && variant.Window == shape.Window && variant.Windows == shape.Windows && variant.PairSteps == shape.PairSteps)
                {
                    return variant.PairCycles;
                }
            }

            return double.PositiveInfinity;
        }

        // Loads that straddle cache lines take two turns; windows that start at a multiple of half a line do so half as often, for 1 to 3 % more slots.
        private static int Alignment(KernelShape shape) => shape.Window <= 64 ? shape.Window / 8 : 32;
    }
}
