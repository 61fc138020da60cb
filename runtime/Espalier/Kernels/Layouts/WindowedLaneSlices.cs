using System;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>
/// Pruned integer weights as windowed lane slices. A slice holds as many rows as a vector has 32-bit lanes; a pair of steps takes
/// up to eight nonzeros of each row out of one window of activations. No sums across lanes, no gathers.
/// </summary>
public static class WindowedLaneSlices
{
    /// <summary>
    /// The first published layout. Per pair of steps, with V = 4 · rows bytes: V column indices of the first step, V of the second
    /// (column less window start), then either V bytes with two 4-bit centroid indices each (low: first step) or V weights of the
    /// first step and V of the second. Empty slots have index 0 and weight 0. The two steps share a window start or have one each.
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
            var vector = shape.Rows * shape.Slots;
            PairBytes = vector * (nibbles ? 3 : 4);
            var steps = new byte[schedule.StepCounts.Sum() * PairBytes];
            var centroids = nibbles ? weights.Centroids! : [];
            foreach (var entry in schedule.Entries)
            {
                // The schedule's steps are pairs here: slots 0 to 3 belong to the first step, 4 to 7 to the second.
                var half = entry.Slot / shape.Slots;
                var byteInVector = (entry.Lane * shape.Slots) + (entry.Slot % shape.Slots);
                var pair = entry.Step * PairBytes;
                var code = weights.Codes[(entry.Output * weights.Layer.Inputs) + entry.Column];
                steps[pair + (half * vector) + byteInVector] = entry.Index;
                if (nibbles)
                {
                    steps[pair + (2 * vector) + byteInVector] |= (byte)(NibbleOf(centroids, code) << (4 * half));
                }
                else
                {
                    steps[pair + ((2 + half) * vector) + byteInVector] = (byte)code;
                }
            }

            _steps = AlignedMemory.Of<byte>(steps);
            var offsets = new ushort[schedule.Offsets.Count];
            for (var i = 0; i < offsets.Length; i++)
            {
                offsets[i] = checked((ushort)schedule.Offsets[i]);
            }

            _offsets = AlignedMemory.Of<ushort>(offsets);
            _pairCounts = AlignedMemory.Of<int>(schedule.StepCounts);
            _centroids = AlignedMemory.Of<sbyte>(Replicated(centroids));
            DepthHolds = shape.Depth <= 1 || LaneSliceDepth.Prove(schedule, weights, shape.Slots) >= shape.Depth;
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            (Nibbles, PairBytes, _centroids) = (whole.Nibbles, whole.PairBytes, whole._centroids);
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
            if (nibbles && (integer.Centroids is not { Length: <= 16 } centroids || Array.IndexOf(centroids, (sbyte)0) < 0))
            {
                throw new ArgumentException(
                    $"Layer {weights.Layer.Path} runs a kernel for a codebook of up to 16 centroids with 0 among them, but its weights have {integer.Centroids?.Length.ToString() ?? "no"} centroids. Train the annotated model again.", nameof(weights));
            }

            return new V1(integer, tier, shape, Schedule(integer, shape, inputs), nibbles, floats);
        }

        internal override PackedLayer Part(int firstTile, int tiles) => new V1(this, firstTile, tiles);

        internal override int StepsOf(int tile) => _pairCounts.As<int>()[tile];

        /// <inheritdoc/>
        public override void Scalar(ref byte input, ref byte output)
        {
            var pair = 0;
            var vector = Shape.Rows * Shape.Slots;
            Span<int> sums = stackalloc int[Shape.Rows];
            for (var slice = 0; slice < Tiles; slice++)
            {
                for (var lane = 0; lane < sums.Length; lane++)
                {
                    sums[lane] = Unsafe.Add(ref Bias, (slice * Shape.Rows) + lane);
                }

                for (var last = pair + Unsafe.Add(ref PairCounts, slice); pair < last; pair++)
                {
                    ref var step = ref Unsafe.Add(ref Steps, pair * PairBytes);
                    for (var slot = 0; slot < 2 * vector; slot++)
                    {
                        ref var window = ref Unsafe.Add(ref input, Unsafe.Add(ref Offsets, (Shape.Windows * pair) + (Shape.Windows == 1 ? 0 : slot / vector)));
                        sums[slot % vector / Shape.Slots] += Unsafe.Add(ref window, Unsafe.Add(ref step, slot)) * WeightAt(ref step, slot, vector);
                    }
                }

                for (var lane = 0; lane < sums.Length; lane++)
                {
                    Finish((slice * Shape.Rows) + lane, sums[lane], ref output);
                }
            }
        }

        private int WeightAt(ref byte step, int slot, int vector)
        {
            if (!Nibbles)
            {
                return (sbyte)Unsafe.Add(ref step, (2 * vector) + slot);
            }

            var codes = Unsafe.Add(ref step, (2 * vector) + (slot % vector));
            return Unsafe.Add(ref Centroids, slot < vector ? codes & 15 : codes >> 4);
        }

        // Where all activations fit one window it starts at 0: kernels load it once and ask for no offsets.
        internal static WindowedSchedule Schedule(IntegerLayerWeights weights, KernelShape shape, ReadOnlyMemory<int> inputs)
        {
            var columns = weights.Layer.Inputs;
            var schedule = WindowedSchedule.Build(
                weights.Layer.Outputs,
                columns,
                (output, column) => weights.Codes[(output * columns) + column] != 0,
                column => Position(inputs, column),
                shape.Rows,
                shape.Windows == 1 ? 2 * shape.Slots : shape.Slots,
                shape.Window,
                columns <= shape.Window ? shape.Window : shape.Windows == 1 ? Math.Max(1, shape.Window / 8) : shape.Window / 4);
            return SlotBalance.Apply(shape.Windows == 1 ? schedule : schedule.InPairs(), weights, shape.Slots, columns <= shape.Window ? 1 : shape.Windows);
        }

        // Code 0 must mean weight 0, because empty slots have code 0: the zero centroid changes places with the first.
        private static int NibbleOf(sbyte[] centroids, sbyte code)
        {
            var zero = Array.IndexOf(centroids, (sbyte)0);
            var index = Array.BinarySearch(centroids, code);
            return index == zero ? 0 : index == 0 ? zero : index;
        }

        private static sbyte[] Replicated(sbyte[] centroids)
        {
            var table = new sbyte[64];
            foreach (var centroid in centroids)
            {
                for (var copy = 0; copy < 64; copy += 16)
                {
                    table[copy + NibbleOf(centroids, centroid)] = centroid;
                }
            }

            return table;
        }
    }
}
