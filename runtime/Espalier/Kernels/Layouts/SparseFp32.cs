using System;
using System.Runtime.CompilerServices;

namespace Espalier.Kernels;

/// <summary>Pruned float weights in slices of rows: every step takes one nonzero of each row out of a sliding window.</summary>
public static class SparseFp32
{
    /// <summary>The first published layout. Per step: a window start, a column index (column less window start) and a weight for each row. Empty slots have index 0 and weight 0.</summary>
    public sealed class V1 : PackedFloatLayer
    {
        private readonly AlignedMemory _indices;
        private readonly AlignedMemory _weights;
        private readonly AlignedMemory _offsets;
        private readonly AlignedMemory _stepCounts;

        private V1(FloatLayerWeights weights, InstructionTier tier, KernelShape shape, WindowedSchedule schedule)
            : base(weights, tier, shape, schedule.Positions)
        {
            var indices = new byte[schedule.Offsets.Count * shape.Rows];
            var values = new float[indices.Length];
            foreach (var entry in schedule.Entries)
            {
                var place = (entry.Step * shape.Rows) + entry.Lane;
                indices[place] = entry.Index;
                values[place] = weights.Values[(entry.Output * weights.Layer.Inputs) + entry.Column];
            }

            _indices = AlignedMemory.Of<byte>(indices);
            _weights = AlignedMemory.Of<float>(values);
            _offsets = AlignedMemory.Of<int>([.. schedule.Offsets]);
            _stepCounts = AlignedMemory.Of<int>(schedule.StepCounts);
        }

        private V1(V1 whole, int firstTile, int tiles)
            : base(whole, firstTile, tiles)
        {
            _stepCounts = whole._stepCounts.Part(firstTile * sizeof(int), tiles * sizeof(int));
            var counts = whole._stepCounts.As<int>();
            var first = StepSums.Of(counts[..firstTile]);
            var steps = StepSums.Of(counts.Slice(firstTile, tiles));
            _indices = whole._indices.Part(first * Shape.Rows, steps * Shape.Rows);
            _weights = whole._weights.Part(first * Shape.Rows * sizeof(float), steps * Shape.Rows * sizeof(float));
            _offsets = whole._offsets.Part(first * sizeof(int), steps * sizeof(int));
        }

        /// <inheritdoc/>
        public override long TableBytes => _indices.Length + _weights.Length + _offsets.Length + _stepCounts.Length;

        /// <summary>Column indices, by step and row.</summary>
        public ref byte Indices
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref _indices.Start;
        }

        /// <summary>Weights, by step and row.</summary>
        public ref float Weights
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, float>(ref _weights.Start);
        }

        /// <summary>The window start of each step.</summary>
        public ref int Offsets
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _offsets.Start);
        }

        /// <summary>Steps of each slice.</summary>
        public ref int StepCounts
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.As<byte, int>(ref _stepCounts.Start);
        }

        /// <summary>Packs a layer.</summary>
        /// <param name="weights">The weights.</param>
        /// <param name="tier">The tier that will run them.</param>
        /// <param name="shape">The variant that the kernel was generated for.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <exception cref="ArgumentException">The weights do not fit the kernel.</exception>
        public static V1 Pack(LayerWeights weights, InstructionTier tier, KernelShape shape, ReadOnlyMemory<int> inputs)
        {
            CheckInputs(weights, inputs);
            var floats = IntegerWeights.FloatsOf(weights);
            return new V1(floats, tier, shape, Schedule(floats, shape, inputs));
        }

        internal override PackedLayer Part(int firstTile, int tiles) => new V1(this, firstTile, tiles);

        internal override int StepsOf(int tile) => _stepCounts.As<int>()[tile];

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

                for (var last = step + Unsafe.Add(ref StepCounts, slice); step < last; step++)
                {
                    ref var window = ref Unsafe.Add(ref values, Unsafe.Add(ref Offsets, step));
                    for (var lane = 0; lane < sums.Length; lane++)
                    {
                        var place = (step * Shape.Rows) + lane;
                        sums[lane] += Unsafe.Add(ref window, Unsafe.Add(ref Indices, place)) * Unsafe.Add(ref Weights, place);
                    }
                }

                for (var lane = 0; lane < sums.Length; lane++)
                {
                    Finish((slice * Shape.Rows) + lane, sums[lane], ref output);
                }
            }
        }

        internal static WindowedSchedule Schedule(FloatLayerWeights weights, KernelShape shape, ReadOnlyMemory<int> inputs)
        {
            var columns = weights.Layer.Inputs;
            return WindowedSchedule.Build(
                weights.Layer.Outputs,
                columns,
                (output, column) => weights.Values[(output * columns) + column] != 0,
                column => Position(inputs, column),
                shape.Rows,
                1,
                shape.Window,
                1);
        }
    }
}
