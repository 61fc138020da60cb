using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>Pruned float weights that share values, in slices of rows: every step takes one nonzero of each row out of a sliding window.</summary>
public static class SparseShared
{
    /// <summary>
    /// The first published layout. A window start for each step, and for each group of steps a word for each row, with the column index
    /// (column less window start) and, above it, the centroid index of each step: four steps of 4 + 4 bits in windows of 16, three of
    /// 5 + 4 of every 10 bits in windows of 32. Empty slots have both indices 0, and centroid 0 is 0; groups are filled up with empty steps.
    /// </summary>
    public sealed class V1 : PackedFloatLayer
    {
        private readonly AlignedMemory _words;
        private readonly AlignedMemory _offsets;
        private readonly AlignedMemory _wordCounts;
        private readonly AlignedMemory _centroids;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, WindowedSchedule schedule, SharedFloats shared)
            : base(weights, tier, shape, schedule.Positions)
        {
            var counts = new int[schedule.StepCounts.Length];
            var places = new int[schedule.Offsets.Count];
            var (step, groups) = (0, 0);
            for (var slice = 0; slice < counts.Length; slice++)
            {
                for (var i = 0; i < schedule.StepCounts[slice]; i++)
                {
                    places[step++] = (groups * GroupSteps) + i;
                }

                counts[slice] = (schedule.StepCounts[slice] + GroupSteps - 1) / GroupSteps;
                groups += counts[slice];
            }

            var offsets = new int[groups * GroupSteps];
            for (var i = 0; i < places.Length; i++)
            {
                offsets[places[i]] = schedule.Offsets[i];
            }

            var words = new uint[checked(groups * shape.Rows)];
            foreach (var entry in schedule.Entries)
            {
                var (group, member) = Math.DivRem(places[entry.Step], GroupSteps);
                var centroid = (uint)shared.IndexOf(weights.Values[(entry.Output * weights.Layer.Inputs) + entry.Column]);
                words[(group * shape.Rows) + entry.Lane] |= (entry.Index | (centroid << IndexBits)) << (member * StepBits);
            }

            _words = AlignedMemory.Of<uint>(words);
            _offsets = AlignedMemory.Of<int>(offsets);
            _wordCounts = AlignedMemory.Of<int>(counts);
            _centroids = AlignedMemory.Of<float>(shared.Table);
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            _wordCounts = whole._wordCounts.Part(firstTile * sizeof(int), tiles * sizeof(int));
            var counts = whole._wordCounts.As<int>();
            var first = StepSums.Of(counts[..firstTile]);
            var groups = StepSums.Of(counts.Slice(firstTile, tiles));
            _words = whole._words.Part(first * Shape.Rows * sizeof(int), groups * Shape.Rows * sizeof(int));
            _offsets = whole._offsets.Part(first * GroupSteps * sizeof(int), groups * GroupSteps * sizeof(int));
            _centroids = whole._centroids;
        }

        /// <inheritdoc/>
        public override long TableBytes => _words.Length + _offsets.Length + _wordCounts.Length;

        // Every word of indices takes six look-ups or more: measured 43 bytes a nanosecond in AVX-512 where others read 100, 16 of 35 in AVX2.
        internal override long PacedBytes => 2 * TableBytes;

        /// <summary>The indices of a group's steps, by group and row.</summary>
        public ref int Words
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _words.Start);
        }

        /// <summary>The window start of each step.</summary>
        public ref int Offsets
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _offsets.Start);
        }

        /// <summary>Words that each row of a slice has.</summary>
        public ref int WordCounts
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _wordCounts.Start);
        }

        /// <summary>The 16 floats that indices name; the first is 0.</summary>
        public ref float Centroids
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, float>(ref _centroids.Start);
        }

        private int IndexBits => Shape.Window == 16 ? 4 : 5;

        private int GroupSteps => Shape.Window == 16 ? 4 : 3;

        private int StepBits => 32 / GroupSteps;

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights, of at most 16 values with 0 among them.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for: a window of 16 or 32.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs)
        {
            CheckInputs(weights, inputs);
            if (shape.Window is not (16 or 32))
            {
                throw new ArgumentException($"Windows have 16 or 32 activations here, not {shape.Window}.", nameof(shape));
            }

            var floats = IntegerWeights.FloatsOf(weights);
            return new V1(floats, tier, shape, SparseFp32.V1.Schedule(floats, shape, inputs), SharedFloats.Of(floats));
        }

        internal override PackedLayer Part(int firstTile, int tiles) => new V1(this, firstTile, tiles);

        internal override int StepsOf(int tile) => _wordCounts.As<int>()[tile] * GroupSteps;

        /// <inheritdoc/>
        public override void Scalar(ref byte input, ref byte output)
        {
            ref var values = ref Unsafe.As<byte, float>(ref input);
            var step = 0;
            Span<float> sums = stackalloc float[Shape.Rows];
            for (var slice = 0; slice < Tiles; slice++)
            {
                for (var lane = 0; lane < sums.Length; lane++)
                {
                    sums[lane] = Unsafe.Add(ref Bias, (slice * Shape.Rows) + lane);
                }

                for (var last = step + StepsOf(slice); step < last; step++)
                {
                    var (group, member) = Math.DivRem(step, GroupSteps);
                    ref var window = ref Unsafe.Add(ref values, Unsafe.Add(ref Offsets, step));
                    for (var lane = 0; lane < sums.Length; lane++)
                    {
                        var bits = Unsafe.Add(ref Words, (group * Shape.Rows) + lane) >> (member * StepBits);
                        sums[lane] += Unsafe.Add(ref window, bits & (Shape.Window - 1)) * Unsafe.Add(ref Centroids, (bits >> IndexBits) & 15);
                    }
                }

                for (var lane = 0; lane < sums.Length; lane++)
                {
                    Finish((slice * Shape.Rows) + lane, sums[lane], ref output);
                }
            }
        }
    }
}
