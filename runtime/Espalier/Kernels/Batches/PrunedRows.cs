using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Espalier.Kernels;

/// <summary>Pruned integer weights row by row, for blocks of samples: every nonzero multiplies one feature of all samples.</summary>
public static class PrunedRows
{
    /// <summary>
    /// The first published layout. By row, groups of <see cref="GroupPairs"/> pairs; a pair is three 32-bit words: where the first and
    /// the second feature start in the block, and their weights as bytes, both twice over. Built when the first batch comes.
    /// </summary>
    public sealed class V1 : BatchStage
    {
        /// <summary>32-bit words of a pair.</summary>
        public const int PairWords = 3;

        private readonly Kernel _kernel;
        private readonly Lazy<(int GroupPairs, AlignedMemory Pairs, AlignedMemory Counts)> _table;

        private V1(PackedIntegerLayer layer, IntegerLayerWeights weights, ReadOnlyMemory<int> inputs, Kernel kernel)
            : base(layer)
        {
            Integer = layer;
            _kernel = kernel;
            _table = new(() => Build(layer, weights, inputs), LazyThreadSafetyMode.ExecutionAndPublication);
        }

        /// <summary>A kernel that runs a block.</summary>
        public delegate void Kernel(V1 stage, ref byte input, ref byte output, int samples);

        /// <summary>The layer as single predictions run it.</summary>
        public PackedIntegerLayer Integer { get; }

        /// <summary>Pairs of a group, whose products the kernel adds in 16 bits.</summary>
        public int GroupPairs => _table.Value.GroupPairs;

        /// <summary>The pairs, row by row.</summary>
        public ref int Pairs => ref Unsafe.As<byte, int>(ref _table.Value.Pairs.Start);

        /// <summary>Groups of each row.</summary>
        public ref int GroupCounts => ref Unsafe.As<byte, int>(ref _table.Value.Counts.Start);

        /// <inheritdoc/>
        public override bool AcrossSamples => true;

        // Where a padded block begins to cost less than single predictions, which are quickest where vectors are widest. Measured
        // on x86; Arm is taken to be like SSSE3.
        /// <inheritdoc/>
        public override int LeastSamples => Layer.Tier switch
        {
            InstructionTier.Scalar => int.MaxValue,
            InstructionTier.Avx512Vbmi or InstructionTier.Avx512VbmiVnni => 28,
            InstructionTier.Avx2 or InstructionTier.AvxVnni or InstructionTier.Avx512 => 10,
            _ => 5,
        };

        /// <summary>Lists a layer's weights for batches.</summary>
        /// <param name="layer">The layer as single predictions run it.</param>
        /// <param name="weights">Its weights.</param>
        /// <param name="inputs">Where the layer before put each input; empty when nothing moved.</param>
        /// <param name="kernel">The generated kernel.</param>
        public static V1 Pack(PackedLayer layer, LayerWeights weights, ReadOnlyMemory<int> inputs, Kernel kernel) =>
            new((PackedIntegerLayer)layer, IntegerWeights.Of(weights), inputs, kernel);

        /// <inheritdoc/>
        public override void Run(ref byte input, int inputStride, ref byte output, int samples) => _kernel(this, ref input, ref output, samples);

        /// <summary>The scalar twin of the kernels.</summary>
        /// <param name="input">Features by samples.</param>
        /// <param name="output">Outputs by samples.</param>
        /// <param name="samples">Samples in the block.</param>
        public void Scalar(ref byte input, ref byte output, int samples)
        {
            ref var pair = ref Pairs;
            Span<int> sums = stackalloc int[samples];
            for (var row = 0; row < Layer.Layer.Outputs; row++)
            {
                sums.Fill(Unsafe.Add(ref Integer.Bias, row));
                for (var left = Unsafe.Add(ref GroupCounts, row) * GroupPairs; left > 0; left--)
                {
                    ref var first = ref Unsafe.Add(ref input, pair);
                    ref var second = ref Unsafe.Add(ref input, Unsafe.Add(ref pair, 1));
                    var codes = Unsafe.Add(ref pair, 2);
                    for (var sample = 0; sample < samples; sample++)
                    {
                        sums[sample] += (Unsafe.Add(ref first, sample) * (sbyte)codes) + (Unsafe.Add(ref second, sample) * (sbyte)(codes >> 8));
                    }

                    pair = ref Unsafe.Add(ref pair, PairWords);
                }

                for (var sample = 0; sample < samples; sample++)
                {
                    Integer.Finish(row, sums[sample], ref output, (row * BlockSamples) + sample);
                }
            }
        }

        private static (int GroupPairs, AlignedMemory Pairs, AlignedMemory Counts) Build(PackedIntegerLayer layer, IntegerLayerWeights weights, ReadOnlyMemory<int> inputs)
        {
            var rows = new List<(int Column, sbyte Code)>[layer.Layer.Outputs];
            var positions = layer.Positions.Span;
            for (var output = 0; output < rows.Length; output++)
            {
                var nonzeros = rows[positions.IsEmpty ? output : positions[output]] = [];
                for (var column = 0; column < layer.Layer.Inputs; column++)
                {
                    if (weights.Codes[(output * layer.Layer.Inputs) + column] is var code && code != 0)
                    {
                        nonzeros.Add((inputs.IsEmpty ? column : inputs.Span[column], code));
                    }
                }
            }

            var grouped = PairGroups.Cheapest(rows, weights.InputGrid.Top);
            var counts = new int[rows.Length];
            var pairs = new List<int>();
            for (var row = 0; row < rows.Length; row++)
            {
                counts[row] = grouped.Rows[row].Count / (2 * grouped.Pairs);
                for (var i = 0; i < grouped.Rows[row].Count; i += 2)
                {
                    var (first, second) = (grouped.Rows[row][i], grouped.Rows[row][i + 1]);
                    var codes = (byte)first.Code | ((byte)second.Code << 8);
                    pairs.AddRange([checked(first.Column * BlockSamples), checked(second.Column * BlockSamples), codes | (codes << 16)]);
                }
            }

            return (grouped.Pairs, AlignedMemory.Of<int>(pairs.ToArray()), AlignedMemory.Of<int>(counts));
        }
    }
}
